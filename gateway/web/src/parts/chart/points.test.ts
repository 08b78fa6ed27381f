import { expect, test } from "vitest";
import { amongMonths, type Point } from "./points.ts";

const point = (from: string, to: string, value: number | null = 1): Point => ({
  from,
  to,
  value,
  base: 20,
  interval: value === null ? null : { low: 0, high: 2 },
  status: "OK",
});

const MONTHS = [
  point("2026-07-01", "2026-08-01"),
  point("2026-08-01", "2026-09-01"),
  point("2026-09-01", "2026-10-01"),
];

test("a wave stands among months at the day it closed, and one that closed outside nowhere", () => {
  const waves = [
    point("2026-06-01", "2026-06-15"),
    point("2026-07-20", "2026-08-17"),
    point("2026-09-16", "2026-10-01"),
  ];
  const placed = amongMonths(waves, MONTHS);
  expect(placed.map(({ at }) => at)).toEqual([expect.closeTo(1, 1), 2]);
  expect(placed.map(({ from }) => from)).toEqual(["2026-07-20", "2026-09-16"]);
});
