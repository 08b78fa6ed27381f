import { expect, test } from "vitest";
import type { Counts, Done } from "./door.ts";
import { leftOut } from "./leftOut.ts";

const counts: Counts = {
  rows: 10,
  stored: 3,
  corrected: 0,
  alreadyStored: 0,
  refused: 0,
  leftOut: 7,
  joined: 0,
};

function done(...remarks: [reason: string, count: number][]): Done {
  return {
    ...counts,
    created: { survey: null, departments: { count: 0, names: [] } },
    remarks: remarks.map(([reason, count]) => ({ reason, count, message: "" })),
  };
}

test("a total is no row that the mapping leaves out", () => {
  const found = leftOut(counts, done(["TOTAL_ROWS", 1], ["COUNT_OF_NONE", 2], ["FORMER_NAME", 5]));

  expect(found.filter(({ rows }) => rows > 0)).toEqual([
    { cause: "mapping", rows: 4 },
    { cause: "TOTAL_ROWS", rows: 1 },
    { cause: "COUNT_OF_NONE", rows: 2 },
  ]);
});

test("what did not come to its end has told no causes", () => {
  expect(leftOut(counts, undefined)).toEqual([{ cause: "unknown", rows: 7 }]);
});
