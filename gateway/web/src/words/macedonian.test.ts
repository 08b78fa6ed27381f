import { expect, test } from "vitest";
import { dateOf, isWritten, languageOf, listOf, NUMBERS_AS_IN } from "./macedonian.ts";

const AT = new Date("2026-11-28T13:06:00Z");
const DAY = { day: "numeric", month: "long", timeZone: "UTC" } as const;

test("what is written for a browser is what one that knows Macedonian writes", () => {
  expect(isWritten()).toBe(true); // the engine of the tests has all languages
  for (const options of [
    DAY,
    { month: "long", timeZone: "UTC" },
    { month: "short", timeZone: "UTC" },
    { hour: "2-digit", minute: "2-digit", timeZone: "Europe/Skopje" },
  ] as const)
    expect(dateOf(AT, options)).toBe(new Intl.DateTimeFormat("mk", options).format(AT));
  const list = new Intl.ListFormat("mk", { type: "conjunction" });
  for (const names of [["А"], ["А", "Б"], ["А", "Б", "В"]])
    expect(listOf(names)).toBe(list.format(names));
  for (const options of [{}, { style: "percent", minimumFractionDigits: 1 }, { signDisplay: "exceptZero" }] as const) // biome-ignore format: rows
    expect(new Intl.NumberFormat(NUMBERS_AS_IN, options).format(1846.5)).toBe(
      new Intl.NumberFormat("mk", options).format(1846.5),
    );
});

test("dates with a year and a time, and names of languages", () => {
  expect(dateOf(AT, { ...DAY, year: "numeric" })).toBe("28 ноември 2026");
  const moment = { ...DAY, year: "numeric", hour: "2-digit", minute: "2-digit" } as const;
  expect(dateOf(AT, { ...moment, timeZone: "Europe/Skopje" })).toBe("28 ноември 2026, 14:06");
  expect(languageOf("sl-SI")).toBe("словенечки");
  expect(languageOf("de")).toBeUndefined();
});
