import { expect, test } from "vitest";
import { csvOf } from "./saveText.ts";

test("a name that a spreadsheet would run is written as text, a number stays one", () => {
  const text = csvOf({
    caption: "",
    head: ["Department", "NPS"],
    rows: [
      ['=HYPERLINK("x")', -12.5],
      ["A, B", null],
      ["−5", 1],
    ],
  });
  expect(text).toBe('\uFEFFDepartment,NPS\r\n"\'=HYPERLINK(""x"")",-12.5\r\n"A, B",\r\n−5,1\r\n');
});
