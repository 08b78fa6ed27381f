import { expect, test } from "vitest";
import { type Refusal, wrongAt, wrongElsewhere } from "./refusals.ts";

const REFUSALS: Refusal[] = [
  { field: ["touchpoints", "0", "stage"], message: "no such stage", code: "UNKNOWN_STAGE" },
  { field: null, message: "not yours", code: "FORBIDDEN" },
];

test("an error stands at its field, and what has no field stands elsewhere", () => {
  expect(wrongAt(REFUSALS, "stage")).toBe("no such stage");
  expect(wrongAt(REFUSALS, "key")).toBeUndefined();
  expect(wrongElsewhere(REFUSALS, "stage", "key")).toEqual([REFUSALS[1]]);
});
