import { expect, test } from "vitest";
import { outermost } from "./outermost.ts";

test("a department under another granted one stands in that one's tree alone", () => {
  const care = { key: "care", ancestors: [{ key: "root" }] };
  const desk = { key: "desk", ancestors: [{ key: "phone" }, { key: "care" }, { key: "root" }] };
  const sales = { key: "sales", ancestors: null };
  expect(outermost([desk, care, sales])).toEqual([care, sales]);
  expect(outermost([desk])).toEqual([desk]);
});
