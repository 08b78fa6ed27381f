import { afterEach, expect, test, vi } from "vitest";
import { beginTrace, traced } from "./trace.ts";

afterEach(() => vi.restoreAllMocks());

/** The trace and the request that a header names. */
function ids(): [string, string] {
  const [version, trace, request, flags] = traced().traceparent.split("-");
  expect([version, flags]).toEqual(["00", "01"]);
  expect(trace).toMatch(/^[0-9a-f]{32}$/);
  expect(request).toMatch(/^[0-9a-f]{16}$/);
  return [trace ?? "", request ?? ""];
}

test("what is asked for after one click is one trace, of several requests", () => {
  beginTrace();
  const [[first, one], [second, other]] = [ids(), ids()];
  expect(first).toBe(second);
  expect(one).not.toBe(other);
  beginTrace();
  expect(ids()[0]).not.toBe(first);
});

test("what is asked for long after it is not", () => {
  beginTrace();
  const [clicked] = ids();
  vi.spyOn(performance, "now").mockReturnValue(performance.now() + 10_000);
  const [later] = ids();
  expect(later).not.toBe(clicked);
  expect(ids()[0]).not.toBe(later);
});
