import { expect, test } from "vitest";
import { pageAt } from "./pages.ts";

test("a page is found by its address, the one of that very name first", () => {
  expect(pageAt("/")?.path).toBe("/");
  expect(pageAt("/departments/billing")?.path).toBe("/departments/:key");
  expect(pageAt("/surveys/new")?.path).toBe("/surveys/new");
  expect(pageAt("/surveys/nps/edit")?.path).toBe("/surveys/:key/edit");
});

test("no page is found by an address that is none, and broken escapes do no harm", () => {
  expect(pageAt("/nowhere")).toBeUndefined();
  expect(pageAt("/departments/billing/answers")).toBeUndefined();
  expect(pageAt("/departments/%E0%A4%A")?.path).toBe("/departments/:key");
});
