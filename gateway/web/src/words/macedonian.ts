// Macedonian where the browser has no words of it: Chromium writes "2026 M11 28" then.

const MONTHS =
  "јануари февруари март април мај јуни јули август септември октомври ноември декември".split(" ");
const SHORT = "јан. фев. мар. апр. мај јун. јул. авг. сеп. окт. ное. дек.".split(" ");
const LANGUAGES: Record<string, string> = {
  en: "англиски",
  lv: "латвиски",
  lt: "литвански",
  sl: "словенечки",
  mk: "македонски",
};

/** German writes numbers as Macedonian does: 1.846, 57,2 %. */
export const NUMBERS_AS_IN = "de";

let known: boolean | undefined;

/** Whether the browser writes Macedonian itself. */
export function isWritten(): boolean {
  known ??= new Intl.DateTimeFormat("mk", { month: "long" }).format(0).startsWith("ј");
  return known;
}

/** 28 ноември 2026, 14:06: what the options ask for of it. */
export function dateOf(value: Date, options: Intl.DateTimeFormatOptions): string {
  const numeric = options.month === undefined ? options : { ...options, month: "numeric" as const };
  const parts = new Intl.DateTimeFormat("en-GB", numeric).formatToParts(value);
  const part = (type: string) => parts.find((one) => one.type === type)?.value;
  const months = options.month === "short" ? SHORT : MONTHS;
  const date = [part("day"), months[Number(part("month")) - 1], part("year")];
  const hour = part("hour");
  const time = hour === undefined ? "" : `${hour}:${part("minute")}`;
  return [date.filter((one) => one !== undefined).join(" "), time].filter(Boolean).join(", ");
}

/** А, Б и В. */
export function listOf(names: readonly string[]): string {
  const [last = "", ...others] = [...names].reverse();
  return others.length === 0 ? last : `${others.reverse().join(", ")} и ${last}`;
}

/** What a language of the pages is called; undefined for others. */
export function languageOf(tag: string): string | undefined {
  return LANGUAGES[tag.split("-")[0] ?? ""];
}
