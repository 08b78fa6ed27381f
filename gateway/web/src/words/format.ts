// Numbers and dates as the language of the page writes them.

import { languageInUse } from "./language.ts";
import * as macedonian from "./macedonian.ts";

const MINUS = "−";
const UNITS = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
] as const;
const formats = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat>();

/** A number with exactly so many decimals. */
export function number(value: number, decimals = 0): string {
  return write(value, { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
}

/** An amount in cents of a currency (ISO 4217), e.g. €12.50. */
export function money(cents: number, currency: string): string {
  return write(cents / 100, { style: "currency", currency });
}

/** A number that says which side of zero it is on: +35, 0, −4. */
export function signed(value: number, decimals = 0): string {
  return write(value, {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
    signDisplay: "exceptZero",
  });
}

/** A share, 0 to 1, in per cent. */
export function percent(share: number, decimals = 0): string {
  return write(share, {
    style: "percent",
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  });
}

/** 18 September, or 18 September 2026. `day` is a local day, 2026-09-18. */
export function day(day: string, { year = false } = {}): string {
  return writeDate(noon(day), {
    day: "numeric",
    month: "long",
    ...(year && { year: "numeric" }),
    timeZone: "UTC",
  });
}

/** September, or September 2026, of a local day. */
export function month(day: string, { year = false, short = false } = {}): string {
  return writeDate(noon(day), {
    month: short ? "short" : "long",
    ...(year && { year: "numeric" }),
    timeZone: "UTC",
  });
}

/** 14:06, where the organisation is. */
export function time(instant: string | Date, timeZone: string): string {
  return writeDate(new Date(instant), { hour: "2-digit", minute: "2-digit", timeZone });
}

/** 18 September 2026, 14:06, where the organisation is. */
export function moment(instant: string | Date, timeZone: string): string {
  return writeDate(new Date(instant), {
    day: "numeric",
    month: "long",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    timeZone,
  });
}

/** 40 sec, 3 min, 5 hr or 2 days, in whole ones of the largest unit of which there are two. */
export function duration(seconds: number): string {
  const [unit, length] = UNITS.find(([, length]) => seconds >= 2 * length) ?? ["second", 1];
  const options = { style: "unit", unit, unitDisplay: "short" } as const;
  return write(Math.floor(seconds / length), options);
}

/** Names joined as a sentence has them: A, B and C. */
export function list(names: string[]): string {
  if (lacksMacedonian()) return macedonian.listOf(names);
  return new Intl.ListFormat(languageInUse(), { type: "conjunction" }).format(names);
}

function noon(day: string): Date {
  return new Date(`${day}T12:00:00Z`);
}

function write(value: number, options: Intl.NumberFormatOptions): string {
  const key = `${languageInUse()} ${JSON.stringify(options)}`;
  let format = formats.get(key) as Intl.NumberFormat | undefined;
  if (format === undefined) {
    format = new Intl.NumberFormat(numbersAsIn(options), options);
    formats.set(key, format);
  }
  // −0 is 0 for people.
  return format.format(value === 0 ? 0 : value).replaceAll("-", MINUS);
}

function numbersAsIn({ style }: Intl.NumberFormatOptions): string {
  return style !== "unit" && lacksMacedonian() ? macedonian.NUMBERS_AS_IN : languageInUse();
}

function lacksMacedonian(): boolean {
  return languageInUse() === "mk" && !macedonian.isWritten();
}

function writeDate(value: Date, options: Intl.DateTimeFormatOptions): string {
  if (lacksMacedonian()) return macedonian.dateOf(value, options);
  const locale = languageInUse() === "en" ? "en-GB" : languageInUse();
  const key = `${locale} ${JSON.stringify(options)}`;
  let format = formats.get(key) as Intl.DateTimeFormat | undefined;
  if (format === undefined) {
    format = new Intl.DateTimeFormat(locale, options);
    formats.set(key, format);
  }
  return format.format(value);
}
