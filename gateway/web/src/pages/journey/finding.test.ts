import { expect, test } from "vitest";
import type { MeasureFragment } from "~/parts/score/measure.generated.ts";
import { findingOf, type Stage } from "./finding.ts";

function stage(key: string | null, low: number, high: number, status = "OK"): Stage {
  const value = (low + high) / 2;
  return {
    key,
    score: { status, value, base: 50, interval: { low, high } } as MeasureFragment,
  };
}

test("a stage whose whole range lies below all others is the finding", () => {
  const stages = [stage("purchase", 30, 40), stage("loyalty", -5, 10), stage("awareness", 20, 50)];
  expect(findingOf(stages)).toEqual({ kind: "lowest", key: "loyalty" });
});

test("without such a stage it is the one above all others, or none", () => {
  const low = stage("purchase", 0, 20);
  expect(findingOf([low, stage("loyalty", 5, 25), stage("awareness", 50, 60)])).toEqual({
    kind: "highest",
    key: "awareness",
  });
  expect(findingOf([low, stage("loyalty", 10, 30)])).toEqual({ kind: "even" });
});

test("few answers and answers without a stage judge nothing", () => {
  expect(findingOf([])).toEqual({ kind: "none" });
  expect(findingOf([stage(null, 0, 1)])).toEqual({ kind: "none" });
  expect(findingOf([stage("loyalty", 0, 90, "LOW_BASE")])).toEqual({ kind: "tooFew" });
  expect(findingOf([stage("loyalty", 0, 10), stage("purchase", 50, 90, "LOW_BASE")])).toEqual({
    kind: "one",
  });
});

test("stages that are apart from the rest together are named where none is apart from each other one", () => {
  const beside = (key: string, delta: number): Stage => {
    const of = stage(key, 10, 40);
    return {
      ...of,
      score: { ...of.score, rest: { value: 25, change: { delta, verdict: "CLEAR" } } },
    };
  };
  const [up, down] = [beside("purchase", 6), beside("loyalty", -6)];
  expect(findingOf([up, down, stage("awareness", 5, 45)])).toEqual({
    kind: "below",
    keys: ["loyalty"],
  });
  expect(findingOf([up, stage("awareness", 5, 45)])).toEqual({ kind: "above", keys: ["purchase"] });
});
