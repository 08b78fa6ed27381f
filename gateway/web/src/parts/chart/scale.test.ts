import { expect, test } from "vitest";
import { axisFor, inner, x, y } from "./scale.ts";

test("an axis is round, holds all values and stays inside what the metric can be", () => {
  const axis = axisFor([22, 37], 30, { low: -100, high: 100 });
  expect(axis.low).toBeLessThanOrEqual(14.5);
  expect(axis.high).toBeGreaterThanOrEqual(44.5);
  expect(axis.ticks).toContain(20);
  expect(axisFor([0.97, 1], 0.2, { low: 0, high: 1 }).high).toBe(1);
  expect(axisFor([0, 0.01], 0.2, { low: 0, high: 1 }).low).toBe(0);
});

test("high values are at the top, the last point at the right", () => {
  expect(y(100, { low: -100, high: 100 })).toBe(0);
  expect(y(0, { low: -100, high: 100 })).toBe(50);
  expect([x(0, 3), x(2, 3)]).toEqual([0, 100]);
  expect([inner(0, 3), inner(2, 3)]).toEqual([3, 97]);
});
