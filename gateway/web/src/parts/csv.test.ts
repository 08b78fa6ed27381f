import { expect, test } from "vitest";
import { csvOf } from "./csv.ts";

test("a name that a spreadsheet would run is written as text, a number stays one", () => {
  const text = csvOf([
    ["Department", "NPS"],
    ['=HYPERLINK("x")', -12.5],
    ["A, B", null],
    ["−5", 1],
  ]);
  expect(text).toBe('\uFEFFDepartment,NPS\r\n"\'=HYPERLINK(""x"")",-12.5\r\n"A, B",\r\n−5,1\r\n');
});

test.each(["+1+cmd|'/C calc'!A0", "-2+3", "-1*A1", "@SUM(A1)", "\t=1", "+A1", "-1 =x"])(
  "%s is a formula",
  (cell) => {
    expect(csvOf([[cell]])).toBe(`\uFEFF'${cell}\r\n`);
  },
);

test.each(["+35", "-4", "+1,234.5 %", "+31 to +38"])("%s is none", (cell) => {
  expect(csvOf([[cell]])).toContain(cell);
  expect(csvOf([[cell]])).not.toContain("'");
});
