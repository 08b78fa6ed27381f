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

/** HTML for another website, as the gateway makes it: a link to this address that looks like a button. */
export async function readSnippet(address: string, language: string): Promise<string> {
  const url = new URL(address);
  url.pathname += "/snippet";
  const headers: Record<string, string> = language === "" ? {} : { "Accept-Language": language };
  const answer = await fetch(url, { headers });
  if (!answer.ok) throw new Error(`no snippet: ${answer.status}`);
  return (await answer.text()).trim();
}

/** A file of one-use links; what could be a formula is none, for every cell begins with a letter or a digit. */
export function linksFile(links: readonly string[], until: string): string {
  const rows = links.map((link, at) => `${at + 1},${link},${until}`);
  return `${["number,link,expires_at", ...rows].join("\r\n")}\r\n`;
}
