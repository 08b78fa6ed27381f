import { expect, test } from "vitest";
import { marked } from "./marked.ts";

test("what was searched for is marked in any case, wherever it stands", () => {
  expect(marked("Late. So late!", " LATE ")).toEqual([
    { text: "Late", isMatch: true },
    { text: ". So ", isMatch: false },
    { text: "late", isMatch: true },
    { text: "!", isMatch: false },
  ]);
});

test("characters with a meaning of their own are searched for as they are", () => {
  for (const search of [".*", "a|b", "(c", "[d]", "$1", "\\", "a-b", "/"]) {
    expect(marked(`x${search}y`, search)).toEqual([
      { text: "x", isMatch: false },
      { text: search, isMatch: true },
      { text: "y", isMatch: false },
    ]);
  }
  expect(marked("Ķekava ĶEKAVA", "ķekava").filter(({ isMatch }) => isMatch)).toHaveLength(2);
});

test("nothing searched for leaves the text whole", () => {
  expect(marked("All of it", "  ")).toEqual([{ text: "All of it", isMatch: false }]);
});
