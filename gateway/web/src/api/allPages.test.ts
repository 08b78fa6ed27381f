import { expect, test } from "vitest";
import { allPages } from "./allPages.ts";

const PAGES: Record<string, { edges: { node: string }[]; next: string | null }> = {
  "": { edges: [{ node: "a" }, { node: "b" }], next: "b" },
  b: { edges: [{ node: "c" }], next: null },
};

const read = async (after: string | null) => {
  const page = PAGES[after ?? ""];
  if (page === undefined) return null;
  return {
    edges: page.edges,
    pageInfo: { hasNextPage: page.next !== null, endCursor: page.next },
  };
};

test("a list is read to its end", async () => {
  expect(await allPages(read)).toEqual(["a", "b", "c"]);
});

test("a list of which a page cannot be read is no list", async () => {
  expect(await allPages(async (after) => (after === null ? read(after) : null))).toBeUndefined();
});
