// Local days of the organisation as text, 2026-09-18: they compare as they lie.

/** A span of local days; `to` is excluded, as in the API. */
export interface Period {
  from: string;
  to: string;
}

const DAY_MS = 86_400_000;

export function isDay(text: string | undefined): text is string {
  if (text === undefined || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const at = Date.parse(text);
  return !Number.isNaN(at) && textOf(new Date(at)) === text;
}

/** Made once for a time zone: it is what costs a browser most before a page stands. */
const dayFormats = new Map<string, Intl.DateTimeFormat>();

/** Today where the organisation is. */
export function todayIn(timeZone: string, now = new Date()): string {
  if (timeZone === "UTC") return textOf(now);
  let format = dayFormats.get(timeZone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat("en-CA", { timeZone, dateStyle: "short" });
    dayFormats.set(timeZone, format);
  }
  return format.format(now);
}

export function addDays(day: string, days: number): string {
  return textOf(new Date(Date.parse(day) + days * DAY_MS));
}

/** The same day of another month, or its last day where that is shorter. */
export function addMonths(day: string, months: number): string {
  const at = new Date(Date.parse(day));
  const first = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + months, 1));
  const days = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  first.setUTCDate(Math.min(at.getUTCDate(), days));
  return textOf(first);
}

export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
}

export function quarterOf(day: string): Period {
  const month = Math.floor((Number(day.slice(5, 7)) - 1) / 3) * 3 + 1;
  const from = `${day.slice(0, 4)}-${String(month).padStart(2, "0")}-01`;
  return { from, to: addMonths(from, 3) };
}

/** How many whole calendar months a period is; undefined if it is none. */
export function wholeMonths({ from, to }: Period): number | undefined {
  if (!from.endsWith("-01") || !to.endsWith("-01")) return undefined;
  const [y1 = 0, m1 = 0] = from.split("-").map(Number);
  const [y2 = 0, m2 = 0] = to.split("-").map(Number);
  return (y2 - y1) * 12 + m2 - m1;
}

/** The period of the same length right before: of whole months as many months, else as many days. */
export function periodBefore(period: Period): Period {
  const months = wholeMonths(period);
  const from =
    months === undefined
      ? addDays(period.from, -daysBetween(period.from, period.to))
      : addMonths(period.from, -months);
  return { from, to: period.from };
}

export function yearEarlier({ from, to }: Period): Period {
  return { from: addMonths(from, -12), to: addMonths(to, -12) };
}

function textOf(date: Date): string {
  return date.toISOString().slice(0, 10);
}
