import { expect, test } from "vitest";
import { refusedCsv } from "./refusedCsv.ts";

test("cells are quoted, and none is a formula", () => {
  const row = { row: 7, column: "=cmd", reason: "TOO_LONG", message: 'says "no", twice' };
  expect(refusedCsv([row])).toBe(
    'row,column,reason,message\r\n7,\'=cmd,TOO_LONG,"says ""no"", twice"\r\n',
  );
});
