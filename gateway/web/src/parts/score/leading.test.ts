import { expect, test } from "vitest";
import { leadingOf } from "./leading.ts";

const NOT_KEPT = null;

function score(key: string, base: number | null) {
  return { base, metric: { key } };
}

test("the first measure of customers is one that was answered", () => {
  const scores = { nps: score("nps", 0), csat: score("csat", 1_000), ces: score("ces", 0) };
  const { key, lead, others } = leadingOf(scores);
  expect([key, lead]).toEqual(["csat", scores.csat]);
  expect(others).toEqual([scores.nps, scores.ces]);
});

test("whether they would recommend leads where it was answered, and where nothing was", () => {
  const both = { nps: score("nps", 1), csat: score("csat", 1_000), ces: score("ces", 9) };
  const neither = { nps: score("nps", 0), csat: score("csat", null), ces: NOT_KEPT };
  expect(leadingOf(both).key).toBe("nps");
  expect(leadingOf(neither)).toEqual({ key: "nps", lead: neither.nps, others: [neither.csat] });
  expect(leadingOf({ nps: NOT_KEPT, csat: NOT_KEPT, ces: NOT_KEPT }).lead).toBeUndefined();
});
