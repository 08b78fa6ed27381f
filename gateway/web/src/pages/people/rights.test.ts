import { expect, test } from "vitest";
import { endsSoon, fits, hasEnded, isLastAdmin, type Right } from "./rights.ts";

const TODAY = "2026-09-30";

function right(change: Partial<Right>): Right {
  const whole = { subject: "oidc:1", role: "ADMIN" as const, department: null };
  return { id: "1", from: null, to: null, ...whole, ...change };
}

test("a right holds up to the day before its end", () => {
  expect(hasEnded(right({ to: "2026-10-01" }), TODAY)).toBe(false);
  expect(hasEnded(right({ to: TODAY }), TODAY)).toBe(true);
});

test("what ends within a week is told, what has ended or never ends is not", () => {
  expect(endsSoon(right({ to: "2026-10-07" }), TODAY)).toBe(true);
  expect(endsSoon(right({ to: "2026-10-08" }), TODAY)).toBe(false);
  expect(endsSoon(right({ to: TODAY }), TODAY)).toBe(false);
  expect(endsSoon(right({}), TODAY)).toBe(false);
});

test("the last admin is the only one whose right over everything holds today", () => {
  const last = right({});
  const others = [
    right({ id: "2", role: "ANALYST" }),
    right({ id: "3", department: "billing" }),
    right({ id: "4", to: TODAY }),
    right({ id: "5", from: "2026-10-01" }),
  ];
  expect(isLastAdmin(last, [last, ...others], TODAY)).toBe(true);
  expect(isLastAdmin(last, [last, right({ id: "6" })], TODAY)).toBe(false);
  expect(isLastAdmin(right({ id: "2", role: "ANALYST" }), [last], TODAY)).toBe(false);
});

test("a word finds accounts, names and departments in any case", () => {
  const one = right({ subject: "oidc:4711", department: "billing" });
  for (const word of ["4711", "LINA", "Bill", ""])
    expect(fits(one, "Lina Bērziņa", word)).toBe(true);
  expect(fits(one, undefined, "lina")).toBe(false);
});

test("a department finds all who see it, not only those whose right names it", () => {
  const covering = new Set(["invoicing", "billing", "root"]);
  const found = (change: Partial<Right>) => fits(right(change), "", "invoicing", covering);
  expect(found({})).toBe(true);
  expect(found({ role: "DEPARTMENT_HEAD", department: "billing" })).toBe(true);
  expect(found({ role: "DEPARTMENT_HEAD", department: "sales" })).toBe(false);
  expect(found({ role: "OPERATOR" })).toBe(false);
  expect(fits(right({}), "", "nobody")).toBe(false);
});
