import { beforeAll, expect, test, vi } from "vitest";
import { loadWords } from "~/words/words.ts";
import {
  type Analysis,
  axesOf,
  type Driver,
  middleOf,
  ordered,
  placed,
  standing,
  titleOf,
} from "./found.ts";
import { draftOf } from "./questions.ts";

beforeAll(async () => {
  vi.stubGlobal("document", { documentElement: {} });
  await loadWords("en");
});

function driver(question: string, fields: Partial<Driver> = {}): Driver {
  return {
    question,
    satisfied: 0.5,
    satisfiedInterval: { low: 0.4, high: 0.6 },
    share: 0.2,
    shareInterval: { low: 0.1, high: 0.3 },
    quadrant: "WATCH",
    direction: "SAME",
    ...fields,
  };
}

const constant = driver("same", {
  share: null,
  shareInterval: null,
  quadrant: null,
  direction: null,
});
const drivers = [
  constant,
  driver("liked", { quadrant: "LEAVE", satisfied: 0.9, share: 0.1 }),
  driver("weak", { quadrant: "FIX_FIRST", share: 0.3 }),
  driver("weaker", { quadrant: "FIX_FIRST", share: 0.35 }),
  driver("strong", { quadrant: "KEEP_UP", satisfied: 0.8 }),
];

function analysis(fields: Partial<Analysis> = {}): Analysis {
  return {
    id: "1",
    survey: "visit",
    metric: "nps",
    outcome: "recommend",
    status: "OK",
    base: 400,
    explained: 0.4,
    explainedInterval: { low: 0.3, high: 0.5 },
    endedAt: null,
    period: { from: "2026-01-01", to: "2026-02-01" },
    drivers,
    ...fields,
  };
}

const named = (key: string | null) => key ?? "gone";

test("what is to be fixed first comes first, the weightiest before others, and what has no weight last", () => {
  const order = ordered(drivers).map(({ question }) => question);
  expect(order).toEqual(["weaker", "weak", "strong", "liked", "same"]);
});

test("what has no weight keeps its number in the list and has no place in the chart", () => {
  expect(placed(drivers).map(({ number }) => number)).toEqual([2, 3, 4, 5]);
});

test("the lines lie at an equal share and at the mean of the satisfied of those in the chart", () => {
  const all = placed(drivers);
  expect(middleOf(drivers).share).toBe(0.25);
  expect(middleOf(drivers).satisfied).toBeCloseTo((0.9 + 0.5 + 0.5 + 0.8) / 4);
  const { across, up } = axesOf(all);
  expect([up.low, across.low <= 0.4, across.high >= 0.6]).toEqual([0, true, true]);
});

test("what goes the other way is told in words, has no place in the chart and moves no line across", () => {
  const pain = driver("pain", { quadrant: null, direction: "OPPOSITE", satisfied: 0.1 });
  const all = [driver("a", { satisfied: 0.6 }), driver("b", { satisfied: 0.8 }), pain];
  expect(placed(all).map(({ number }) => number)).toEqual([1, 2]);
  expect(middleOf(all).satisfied).toBeCloseTo(0.7);
  expect(middleOf(all).share).toBeCloseTo(1 / 3);
  expect(all.map(standing)).toEqual(["Watch", "Watch", expect.stringMatching("other way")]);
  expect(standing(driver("x", { quadrant: null, direction: "UNCLEAR" }))).toMatch("not clear");
  expect(standing(constant)).toBeNull();
});

test("the title names what to fix first, else what goes with it most, and neither without weights", () => {
  expect(titleOf(analysis(), named)).toBe("To fix first: weaker and weak");
  const strong = [driver("strong", { quadrant: "KEEP_UP" }), driver("other")];
  expect(titleOf(analysis({ drivers: strong }), named)).toBe("Goes with it most: strong");
  const pain = driver("pain", { quadrant: null, direction: "OPPOSITE", share: 0.7 });
  expect(titleOf(analysis({ drivers: [...strong, pain] }), named)).toBe("Goes with it most: pain");
  const status = "INSUFFICIENT_BASE";
  expect(titleOf(analysis({ status }), named)).toMatch("cannot be said");
});

test("a form begins with recommending and the items of service quality, or with all others", () => {
  const question = (key: string, kind: "NPS" | "RATING" | "TEXT", item: string | null = null) => ({
    key,
    kind,
    item,
  });
  const plain = [question("a", "RATING"), question("why", "TEXT"), question("nps", "NPS")];
  expect(draftOf(plain)).toEqual({ outcome: "nps", drivers: ["a"] });
  const items = [
    ...plain,
    question("quick", "RATING", "fast"),
    question("able", "RATING", "competent"),
    question("right", "RATING", "reassurance"),
  ];
  expect(draftOf(items)).toEqual({ outcome: "nps", drivers: ["quick", "able"] });
  expect(draftOf([])).toEqual({ outcome: "", drivers: [] });
});
