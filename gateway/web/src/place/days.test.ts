import { describe, expect, test } from "vitest";
import {
  addMonths,
  isDay,
  periodBefore,
  quarterOf,
  todayIn,
  wholeMonths,
  yearEarlier,
} from "./days.ts";

describe("periods", () => {
  test("a quarter, and the one before", () => {
    const quarter = quarterOf("2026-11-28");
    expect(quarter).toEqual({ from: "2026-10-01", to: "2027-01-01" });
    expect(periodBefore(quarter)).toEqual({ from: "2026-07-01", to: "2026-10-01" });
    expect(yearEarlier(quarter)).toEqual({ from: "2025-10-01", to: "2026-01-01" });
  });

  test("days that are no whole months are compared with as many days", () => {
    const period = { from: "2026-03-02", to: "2026-04-01" };
    expect(wholeMonths(period)).toBeUndefined();
    expect(periodBefore(period)).toEqual({ from: "2026-01-31", to: "2026-03-02" });
  });

  test("the last day of a longer month", () => {
    expect(addMonths("2024-03-31", -1)).toBe("2024-02-29");
    expect(addMonths("2026-12-31", 2)).toBe("2027-02-28");
  });

  test("a day is one that the calendar has", () => {
    expect(["2026-02-28", "2024-02-29"].filter(isDay)).toHaveLength(2);
    expect(["2026-02-29", "2026-02-31", "2026-13-01", "26-1-1", ""].filter(isDay)).toEqual([]);
  });

  test("today is where the organisation is, not where the reader is", () => {
    const instant = new Date("2026-03-31T22:30:00Z");
    expect(todayIn("Europe/Riga", instant)).toBe("2026-04-01");
    expect(todayIn("America/New_York", instant)).toBe("2026-03-31");
  });
});
