/** Where people answer: /r/KEY, with what the link names. */
export function respondAddress(
  origin: string,
  survey: string,
  named: { touchpoint?: string; department?: string; invitation?: string; language?: string } = {},
): string {
  const query = new URLSearchParams();
  const { touchpoint, department, invitation, language } = named;
  if (touchpoint) query.set("t", touchpoint);
  if (department) query.set("d", department);
  if (invitation) query.set("i", invitation);
  if (language) query.set("lang", language);
  const path = `${origin}/r/${encodeURIComponent(survey)}`;
  return query.size > 0 ? `${path}?${query}` : path;
}

const STYLE =
  "display:inline-block;padding:12px 20px;border-radius:8px;background:#1f5fae;color:#fff;" +
  "font:600 16px/1.5 system-ui,sans-serif;text-decoration:none";

/** HTML for another website: a link that looks like a button, without frame and script. */
export function snippetOf(address: string, text: string, language: string): string {
  const lang = language === "" ? "" : ` lang="${escaped(language)}"`;
  return `<a href="${escaped(address)}"${lang} style="${STYLE}"><bdi>${escaped(text)}</bdi></a>`;
}

/** A file of one-use links; what could be a formula is none, for every cell begins with a letter or a digit. */
export function linksFile(links: readonly string[], until: string): string {
  const rows = links.map((link, at) => `${at + 1},${link},${until}`);
  return `${["number,link,expires_at", ...rows].join("\r\n")}\r\n`;
}

const ENTITIES: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? "");
}
