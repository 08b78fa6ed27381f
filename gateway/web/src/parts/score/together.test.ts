import { expect, test } from "vitest";
import { adjusted, verdictOf } from "./together.ts";

// The example of Benjamini and Hochberg (1995): of 15 tests 4 are found at 5 %, though 9 are below 0.05 alone.
const P = [
  0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719,
  0.6528, 0.759, 1,
];
const ADJUSTED = [
  0.0015, 0.003, 0.0095, 0.0356, 0.0603, 0.0639, 0.0639, 0.0645, 0.0765, 0.486, 0.5812, 0.7149,
  0.7532, 0.8132, 1,
];

test("p-values looked at together are adjusted as published, whatever their order", () => {
  expect(adjusted(P).map((p) => Math.round(p * 1e4) / 1e4)).toEqual(ADJUSTED);
  expect(adjusted([...P].reverse())).toEqual(adjusted(P).reverse());
  expect(adjusted(P).filter((p) => verdictOf(p) === "CLEAR")).toHaveLength(4);
  expect(adjusted([])).toEqual([]);
});
