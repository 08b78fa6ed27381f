import { expect, test } from "vitest";
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
  expect(verbatimFilter(filters, "  late ")).toEqual({
    touchpoint: "invoice",
    score: { kind: "NPS", low: 0, high: 6 },
    search: "late",
  });
});

test("a group that does not exist chooses nothing", () => {
  expect(verbatimFilter(filtersOf({ score: "angry" }), " ")).toEqual({});
});
