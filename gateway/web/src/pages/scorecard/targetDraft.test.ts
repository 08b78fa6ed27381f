import { expect, test } from "vitest";
import { draftOf, readValue } from "./targetDraft.ts";

const target = {
  metric: { key: "csat" },
  value: 0.29,
  side: "COMPANY",
  due: "2026-12-31",
  owner: null,
  progress: null,
} as const;

test("a share is written and read in per cent", () => {
  expect(draftOf(target, "SHARE", "2027-01-01").value).toBe("29");
  expect(readValue("29", "SHARE")).toBe(0.29);
  expect(readValue("12,5", "PER_YEAR")).toBe(0.125);
});

test("points and scales are written as they are, with a minus or a comma as people type it", () => {
  expect(draftOf({ ...target, value: -40.5 }, "POINTS", "2027-01-01").value).toBe("-40.5");
  expect(["+40", "−5", "5,4", " 5.4 "].map((text) => readValue(text, "POINTS"))).toEqual([
    40, -5, 5.4, 5.4,
  ]);
});

test.each(["", "forty", "1e3", "4.", "--1", "1,000.5"])("%j is no number", (text) => {
  expect(readValue(text, "POINTS")).toBeUndefined();
});

test("a new one begins with the day it is given", () => {
  expect(draftOf(undefined, "POINTS", "2027-01-01")).toEqual({
    value: "",
    side: "CUSTOMER",
    due: "2027-01-01",
    owner: "",
  });
});
