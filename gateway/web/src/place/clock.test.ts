import { expect, test } from "vitest";
import { instantOf, wallOf } from "./clock.ts";

test("a time on the wall is where the organisation is", () => {
  expect(instantOf("2026-12-01T09:00", "Europe/Riga")).toBe("2026-12-01T07:00:00.000Z");
  expect(instantOf("2026-07-01T09:00", "Europe/Riga")).toBe("2026-07-01T06:00:00.000Z");
  expect(wallOf("2026-12-01T07:00:00Z", "Europe/Riga")).toBe("2026-12-01T09:00");
  expect(wallOf("2026-12-31T23:30:00Z", "Europe/Riga")).toBe("2027-01-01T01:30");
});

test("around the change of clocks every shown time comes back", () => {
  for (const wall of [
    "2026-03-29T02:59",
    "2026-03-29T04:00",
    "2026-10-25T02:59",
    "2026-10-25T04:00",
  ]) {
    expect(wallOf(instantOf(wall, "Europe/Riga") ?? "", "Europe/Riga")).toBe(wall);
  }
  expect(instantOf("2026-03-29T03:30", "Europe/Riga")).toBe("2026-03-29T01:30:00.000Z");
});

test("what is no time is none", () => {
  for (const wall of ["", "tomorrow", "2026-12-01", "2026-13-01T09:00"]) {
    expect(instantOf(wall, "UTC")).toBeUndefined();
  }
});
