import { expect, test } from "vitest";
import { ownRange } from "./units.ts";

test("a mean is drawn on the scale of what it reads, and nowhere where that is not known", () => {
  expect(ownRange("SCALE", "CSAT")).toEqual({ low: 1, high: 5 });
  expect(ownRange("SCALE", "NPS")).toEqual({ low: 0, high: 10 });
  expect(ownRange("SCALE", null)).toBeUndefined();
  expect(ownRange("SHARE", null)).toEqual({ low: 0, high: 1 });
});
