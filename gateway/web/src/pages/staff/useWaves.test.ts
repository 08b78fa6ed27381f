import { expect, test } from "vitest";
import type { WaveNameFragment } from "./queries.generated.ts";
import { chosenOf, closedDay } from "./useWaves.ts";

const wave = (key: string, closedAt: string | null, state = "RELEASED") =>
  ({ key, closedAt, state }) as WaveNameFragment;

const JUNE = wave("june", "2026-06-15T22:00:00Z");
const MARCH = wave("march", "2026-03-15T22:00:00Z");
const SEPTEMBER = wave("september", "2026-09-15T22:00:00Z");
const ALL = [wave("december", null, "OPEN"), MARCH, SEPTEMBER, JUNE];

test("the latest released wave is shown against the one before it", () => {
  const { chosen, against, open, released } = chosenOf(ALL, {});
  expect([chosen, against]).toEqual([SEPTEMBER, JUNE]);
  expect(open?.key).toBe("december");
  expect(released).toEqual([SEPTEMBER, JUNE, MARCH]);
});

test("the address names the wave, and what it is compared with", () => {
  expect(chosenOf(ALL, { wave: "june" }).against).toBe(MARCH);
  expect(chosenOf(ALL, { wave: "june", against: "september" }).against).toBe(SEPTEMBER);
  expect(chosenOf(ALL, { wave: "june", against: "none" }).against).toBeUndefined();
  expect(chosenOf(ALL, { wave: "march" }).against).toBeUndefined();
});

test("a wave that is not released is not shown", () => {
  expect(chosenOf(ALL, { wave: "december" }).chosen).toBeUndefined();
  expect(chosenOf([], {}).chosen).toBeUndefined();
});

test("a wave closes on a day of the organisation", () => {
  expect(closedDay(JUNE, "Europe/Riga")).toBe("2026-06-16");
});
