import { beforeAll, expect, test, vi } from "vitest";
import { loadWords } from "~/words/words.ts";
import {
  findingOf,
  otherWave,
  type Part,
  type PartScore,
  partsOf,
  placesOf,
  standsApart,
  tableOf,
} from "./parts.ts";

const NPS = { lead: "nps", unit: "POINTS" } as const;

beforeAll(async () => {
  vi.stubGlobal("document", { documentElement: {} });
  await loadWords("en");
});

function part(key: string, low: number, high: number, status = "OK"): Part {
  const customers = { status, value: (low + high) / 2, interval: { low, high } } as PartScore;
  return { key, label: key, customers, staff: undefined };
}

test("a part stands apart when its range lies apart from those of all others, not only of the next", () => {
  const [low, next, wide] = [part("low", 5, 15), part("next", 18, 22), part("wide", 0, 60)];
  expect(standsApart([wide, next, low])).toBeUndefined();
  expect(standsApart([next, low])).toEqual(["lowest", low]);
  expect(standsApart([part("top", 70, 80), wide, next])?.[0]).toBe("highest");
});

test("a part is called the lowest of those with enough answers where one with few stands lower", () => {
  const [low, next] = [part("low", 5, 15), part("next", 18, 22)];
  const few = part("few", -90, 60, "LOW_BASE");
  expect(findingOf([low, next], "TOUCHPOINT")).toBe("low is rated lowest, clearly");
  expect(findingOf([low, next, few], "TOUCHPOINT")).toContain("Of those with enough answers low");
  expect(findingOf([low, next, part("few", 0, 90, "LOW_BASE")], "TOUCHPOINT")).toBe(
    "low is rated lowest, clearly",
  );
});

test("parts that are apart from the rest together are named where none is apart from each other part", () => {
  const beside = (key: string, delta: number, verdict: "CLEAR" | "WEAK"): Part => {
    const score = part(key, 60, 80);
    const rest = { value: 70, change: { delta, verdict } };
    return { ...score, customers: { ...score.customers, rest } as PartScore };
  };
  const [up, down, unclear] = [
    beside("up", 9, "CLEAR"),
    beside("down", -9, "CLEAR"),
    beside("a", -3, "WEAK"),
  ];
  expect(findingOf([up, unclear], "TOUCHPOINT")).toBe("up: clearly above the rest");
  expect(findingOf([up, down, unclear], "TOUCHPOINT")).toBe("down: clearly below the rest");
  expect(findingOf([unclear, beside("b", 3, "WEAK")], "TOUCHPOINT")).toBe(
    "No part stands clearly apart",
  );
});

test("few answers judge nothing", () => {
  expect(standsApart([part("a", 0, 1, "LOW_BASE"), part("b", 50, 60)])).toBeUndefined();
  expect(standsApart([])).toBeUndefined();
});

test("customers and staff of a part stand together, and few answers last", () => {
  const score = (value: number, status = "OK") => ({ value, status }) as PartScore;
  const parts = partsOf(
    [
      { key: "few", label: "Few", score: score(90, "LOW_BASE"), places: null },
      { key: "a", label: "A", score: score(10), places: null },
      { key: "b", label: "B", score: score(20), places: null },
    ],
    [
      { key: "a", label: "A", score: score(0.1), places: null },
      { key: "staff", label: "Staff", score: score(0.2), places: null },
    ],
  );
  expect(parts.map(({ key }) => key)).toEqual(["b", "a", "few", "staff"]);
  expect(parts[1]?.staff?.value).toBe(0.1);
});

test("a part says which places it may have, and nothing where it is not ranked", () => {
  const of = (best: number, worst: number) =>
    placesOf({ ...part("a", 0, 1), places: { best, worst, of: 5 } });
  expect(of(2, 2)).toBe("place 2 of 5");
  expect(of(1, 3)).toBe("place 1 to 3 of 5");
  expect(placesOf({ ...part("a", 0, 1), places: null })).toBeUndefined();
});

test("a number of a part says which wave it is of where that is not the wave of the whole", () => {
  const of = (wave: string | null): Part => ({
    ...part("a", 0, 10),
    staff: { status: "OK", value: 12, wave } as PartScore,
  });
  expect(otherWave(of("2026-07"), "2026-09")).toBe("2026-07");
  expect(otherWave(of("2026-09"), "2026-09")).toBeUndefined();
  expect(otherWave(of(null), "2026-09")).toBeUndefined();
  const { head, rows } = tableOf([of("2026-07"), of("2026-09")], "CHILD_DEPARTMENT", NPS, "POINTS");
  expect(head.at(-1)).toBe("Wave");
  expect(rows.map((row) => row.slice(-2))).toEqual([
    ["+12", "2026-07"],
    ["+12", "2026-09"],
  ]);
  expect(tableOf([of(null)], "CHILD_DEPARTMENT", NPS, "PER_YEAR").head).not.toContain("Wave");
});
