import { beforeAll, expect, test, vi } from "vitest";
import { loadWords } from "~/words/words.ts";
import type { FoundFragment } from "./queries.generated.ts";
import { bandsSaid, hasTexts, itemsOf, measureOf, type Results, wholeOf } from "./scores.ts";

beforeAll(async () => {
  vi.stubGlobal("document", { documentElement: {} });
  await loadWords("en");
});

const found = (statistic: string, more: Partial<FoundFragment> = {}): FoundFragment => ({
  statistic,
  base: 40,
  value: 0.5,
  status: "OK",
  countedIn: null,
  interval: { low: 0.4, high: 0.6 },
  bands: [],
  alpha: null,
  change: null,
  ...more,
});

const question = (key: string, kind: string) => ({ key, kind, text: `About ${key}`, texts: [] });
const wave = {
  language: "en",
  dimensions: [],
  questions: [
    question("recommend", "ENPS"),
    question("tools", "AGREEMENT"),
    question("unfair", "SENSITIVE"),
    question("words", "TEXT"),
  ],
  results: { scores: [found("unfair"), found("tools"), found("enps", { value: 8 })] },
} as unknown as Results;

test("questions stand in the order they were asked, those with a result alone", () => {
  expect(itemsOf(wave).map(({ asked }) => asked.text)).toEqual(["About tools", "About unfair"]);
  expect(wholeOf(wave, "engagement")).toBeUndefined();
});

test("words can be read where something was asked in own words", () => {
  expect(hasTexts(wave)).toBe(true);
  expect(hasTexts({ questions: [question("tools", "AGREEMENT")] as Results["questions"] })).toBe(
    false,
  );
});

test("a result has the unit of its statistic, and more is not always better", () => {
  expect(wholeOf(wave, "enps")?.metric.unit).toBe("POINTS");
  const better = itemsOf(wave).map(({ measure }) => measure.metric.higherIsBetter);
  expect(better).toEqual([true, false]);
  expect(measureOf(found("burnout")).metric).toMatchObject({
    unit: "SCALE",
    higherIsBetter: false,
  });
});

test("shares at the ends are told as bounds", () => {
  const bands = [
    { name: "favourable", share: 0.9, end: "AT_LEAST" },
    { name: "neutral", share: 0.1, end: "AT_MOST" },
    { name: "unknown", share: 0.3, end: null },
  ] as FoundFragment["bands"];
  expect(bandsSaid(bands)).toBe("at least 90% agree, at most 10% neither agree nor disagree");
});
