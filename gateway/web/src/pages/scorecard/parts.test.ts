import { expect, test } from "vitest";
import type { MeasureFragment } from "~/parts/score/measure.generated.ts";
import { type Part, partsOf, standsApart } from "./parts.ts";

function part(key: string, low: number, high: number, status = "OK"): Part {
  const customers = { status, value: (low + high) / 2, interval: { low, high } } as MeasureFragment;
  return { key, label: key, customers, staff: undefined };
}

test("a part stands apart when its range lies apart from those of all others, not only of the next", () => {
  const [low, next, wide] = [part("low", 5, 15), part("next", 18, 22), part("wide", 0, 60)];
  expect(standsApart([wide, next, low])).toBeUndefined();
  expect(standsApart([next, low])).toEqual(["lowest", low]);
  expect(standsApart([part("top", 70, 80), wide, next])?.[0]).toBe("highest");
});

test("few answers judge nothing", () => {
  expect(standsApart([part("a", 0, 1, "LOW_BASE"), part("b", 50, 60)])).toBeUndefined();
  expect(standsApart([])).toBeUndefined();
});

test("customers and staff of a part stand together, and few answers last", () => {
  const score = (value: number, status = "OK") =>
    ({ value, status, distribution: null }) as MeasureFragment & { distribution: null };
  const parts = partsOf(
    [
      { key: "few", label: "Few", score: score(90, "LOW_BASE") },
      { key: "a", label: "A", score: score(10) },
      { key: "b", label: "B", score: score(20) },
    ],
    [
      { key: "a", label: "A", score: score(0.1) },
      { key: "staff", label: "Staff", score: score(0.2) },
    ],
  );
  expect(parts.map(({ key }) => key)).toEqual(["b", "a", "few", "staff"]);
  expect(parts[1]?.staff?.value).toBe(0.1);
});
