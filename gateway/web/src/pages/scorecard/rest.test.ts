import { expect, test } from "vitest";
import { besideRest, type Counts, countsOf, npsOf, pValueOf } from "./rest.ts";

function counts(promoters: number, passives: number, detractors: number): Counts {
  return { promoters, detractors, base: promoters + passives + detractors };
}

// 500, 300, 200 against 560, 280, 160: z = -2.9235 and p = 0.003461 without an adjustment, which moves little at n = 1000.
test("two NPS are tested as published", () => {
  expect(pValueOf(counts(500, 300, 200), counts(560, 280, 160))).toBeCloseTo(0.003461, 4);
  expect(pValueOf(counts(50, 30, 20), counts(50, 30, 20))).toBeCloseTo(1, 6);
});

test("answers are counted by what they say", () => {
  const buckets = [10, 9, 8, 7, 6, 0].map((score) => ({ label: String(score), count: score + 1 }));
  expect(countsOf(buckets)).toEqual(counts(21, 17, 8));
  expect(npsOf(counts(50, 30, 20))).toBe(30);
});

test("a part is compared with the rest, which does not hold it", () => {
  const bad = counts(10, 10, 80);
  const good = counts(60, 30, 10);
  const whole = counts(70, 40, 90);
  const judged = besideRest(new Map([["bad", bad], ["good", good]]), whole); // biome-ignore format: pairs
  expect(judged.get("bad")).toEqual({ rest: 50, delta: -120, verdict: "CLEAR" });
});

test("of many parts that differ by chance none is clear, though one alone would be", () => {
  const even = counts(40, 30, 30);
  const parts = new Map([...Array(19).keys()].map((at) => [`even ${at}`, even]));
  const odd = counts(29, 30, 41);
  const whole = counts(19 * 40 + 29, 20 * 30, 19 * 30 + 41);
  expect(besideRest(new Map([["odd", odd]]), whole).get("odd")?.verdict).toBe("CLEAR");
  expect(besideRest(parts.set("odd", odd), whole).get("odd")?.verdict).not.toBe("CLEAR");
});

test("few answers on either side judge nothing", () => {
  const whole = counts(100, 50, 50);
  const parts = new Map([["few", counts(1, 1, 27)], ["nearly all", counts(99, 48, 30)]]); // biome-ignore format: pairs
  expect(besideRest(parts, whole).size).toBe(0);
});
