import { expect, test } from "vitest";
import { duration } from "./format.ts";

test.each([
  [0, "0 sec"],
  [119, "119 sec"],
  [120, "2 min"],
  [7_199, "119 min"],
  [7_200, "2 hr"],
  [172_799, "47 hr"],
  [172_800, "2 days"],
])("%i seconds are %s", (seconds, written) => {
  expect(duration(seconds)).toBe(written);
});
