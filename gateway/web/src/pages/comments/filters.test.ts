import { expect, test } from "vitest";
import type { LeadKey } from "~/parts/score/leading.ts";
import { filtersOf, verbatimFilter } from "./filters.ts";

test("an address says which comments, and never what is searched for", () => {
  const filters = filtersOf({
    department: "billing",
    touchpoint: "invoice",
    stage: "",
    score: "unhappy",
    search: "Ilze",
  });
  expect(filters).toEqual({ touchpoint: "invoice", score: "unhappy" });
  expect(verbatimFilter(filters, "nps", "  late ")).toEqual({
    touchpoint: "invoice",
    score: { kind: "NPS", low: 0, high: 6 },
    search: "late",
  });
});

test("a group that does not exist chooses nothing", () => {
  expect(verbatimFilter(filtersOf({ score: "angry" }), "nps", " ")).toEqual({});
});

test("who is unhappy is told by the measure that leads", () => {
  const score = (lead: LeadKey) => verbatimFilter({ score: "unhappy" }, lead).score;
  expect(score("csat")).toEqual({ kind: "CSAT", low: 1, high: 2 });
  expect(score("ces")).toEqual({ kind: "CES", low: 1, high: 3 });
});
