import { expect, test } from "vitest";
import { verdictsOf } from "./judging.ts";

const STAGES = ["awareness", "consideration", "purchase", "post-purchase", "loyalty"];

test("a change that is clear alone is not, where it is one of five", () => {
  const tests = new Map(STAGES.map((stage) => [stage, { delta: 1, pValue: 0.6 }]));
  tests.set("purchase", { delta: -9, pValue: 0.03 });
  expect(verdictsOf(STAGES, tests).get("purchase")).toBe("WEAK");
  expect(verdictsOf(["purchase"], tests).get("purchase")).toBe("CLEAR");
});

test("nothing is said until all stages are read; one without a change is no test", () => {
  const tests = new Map([["purchase", { delta: -9, pValue: 0.03 }]]);
  expect(verdictsOf(STAGES, tests).size).toBe(0);
  const read = new Map(STAGES.map((stage) => [stage, tests.get(stage) ?? null]));
  expect(verdictsOf(STAGES, read)).toEqual(new Map([["purchase", "CLEAR"]]));
});
