import { expect, test } from "vitest";
import type { StaffAskedQuery, WaveNameFragment } from "./queries.generated.ts";
import { askedOf, chosenOf, closedDay } from "./useWaves.ts";

const wave = (key: string, closedAt: string | null, state = "RELEASED") =>
  ({ key, closedAt, state }) as WaveNameFragment;

const JUNE = wave("june", "2026-06-15T22:00:00Z");
const MARCH = wave("march", "2026-03-15T22:00:00Z");
const SEPTEMBER = wave("september", "2026-09-15T22:00:00Z");
const ALL = [wave("december", null, "OPEN"), MARCH, SEPTEMBER, JUNE];

test("the latest released wave is shown against the one before it", () => {
  const { chosen, against, open, released } = chosenOf(ALL, {}, undefined);
  expect([chosen, against]).toEqual([SEPTEMBER, JUNE]);
  expect(open?.key).toBe("december");
  expect(released).toEqual([SEPTEMBER, JUNE, MARCH]);
});

test("the address names the wave, and what it is compared with", () => {
  expect(chosenOf(ALL, { wave: "june" }, undefined).against).toBe(MARCH);
  expect(chosenOf(ALL, { wave: "june", against: "september" }, undefined).against).toBe(SEPTEMBER);
  expect(chosenOf(ALL, { wave: "june", against: "none" }, undefined).against).toBeUndefined();
  expect(chosenOf(ALL, { wave: "march" }, undefined).against).toBeUndefined();
});

test("a wave that is not released is not shown", () => {
  expect(chosenOf(ALL, { wave: "december" }, undefined).chosen).toBeUndefined();
  expect(chosenOf([], {}, undefined).chosen).toBeUndefined();
});

test("of a department the latest wave that asked it is shown, against the latest before that asked it", () => {
  const { chosen, against, released } = chosenOf(ALL, {}, new Set(["june", "march"]));
  expect([chosen, against]).toEqual([JUNE, MARCH]);
  expect(released).toEqual([JUNE, MARCH]);
  expect(chosenOf(ALL, {}, new Set(["september", "march"])).against).toBe(MARCH);
  expect(chosenOf(ALL, { wave: "september" }, new Set(["june"])).chosen).toBe(SEPTEMBER);
});

test("where no wave asked a department all stay to be chosen", () => {
  expect(chosenOf(ALL, {}, new Set()).released).toEqual([SEPTEMBER, JUNE, MARCH]);
});

test("a wave is compared with the one before it of its own kind and name first", () => {
  const named = (one: WaveNameFragment, kind: string, name: string) =>
    ({ ...one, kind, name }) as WaveNameFragment;
  const census = named(SEPTEMBER, "CENSUS", "Year");
  const [pulse, other] = [named(JUNE, "PULSE", "Pulse"), named(JUNE, "CENSUS", "Other")];
  const last = named(MARCH, "CENSUS", "Year");
  expect(chosenOf([census, pulse, last], {}, undefined).against).toBe(last);
  expect(chosenOf([census, other, last], {}, undefined).against).toBe(last);
  expect(chosenOf([census, pulse], {}, undefined).against).toBe(pulse);
});

test("a wave asked a department where any of its numbers has a point of it", () => {
  const of = (...keys: string[]) => ({ trend: keys.map((wave) => ({ wave })) });
  const read = (enps: unknown) =>
    askedOf({
      department: {
        scorecard: { enps, engagement: null, participationRate: of("june"), burnout: of() },
      },
    } as unknown as StaffAskedQuery);
  expect(read(of("march", "june"))).toEqual(new Set(["march", "june"]));
  expect(read({ trend: null })).toBeUndefined();
  expect(askedOf({ department: null })).toBeUndefined();
});

test("a wave closes on a day of the organisation", () => {
  expect(closedDay(JUNE, "Europe/Riga")).toBe("2026-06-16");
});
