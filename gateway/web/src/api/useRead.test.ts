import type { UseQueryState } from "@urql/preact";
import { expect, test } from "vitest";
import { ofRequest } from "./useRead.ts";

const READ = {
  fetching: true,
  stale: false,
  hasNext: false,
  data: { score: 7 },
  operation: { key: 1 },
} as unknown as UseQueryState<{ score: number }, Record<string, never>>;

test("what was read stays while the same is read again", () => {
  expect(ofRequest(READ, 1, false)).toBe(READ);
});

test("what was read of another period is not shown under this one", () => {
  expect(ofRequest({ ...READ, fetching: false }, 2, false)).toEqual({
    fetching: true,
    stale: false,
    hasNext: false,
  });
  expect(ofRequest(READ, 2, true)).toMatchObject({ fetching: false });
});
