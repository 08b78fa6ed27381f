import { expect, test } from "vitest";
import type { SurveyWholeFragment } from "./queries.generated.ts";
import { languagesOf, missingIn, spoken } from "./texts.ts";

const said = (text: string, lv?: string) => ({
  text,
  texts: lv === undefined ? [] : [{ language: "lv", text: lv }],
});
const question = { key: "q", kind: "CSAT", dontKnow: false, scale: null, options: [] } as const;
const SURVEY = {
  title: "Visit",
  texts: [{ language: "lv", text: "Apmeklējums" }],
  language: "en",
  questions: [
    { ...question, ...said("How was it?", "Kā bija?") },
    { ...question, ...said("Why?"), options: [{ key: "a", ...said("Price") }] },
  ],
} as unknown as SurveyWholeFragment;

test("a language is complete when it has every text", () => {
  expect(languagesOf(SURVEY)).toEqual(["en", "lv"]);
  expect(missingIn(SURVEY, "en")).toBe(0);
  expect(missingIn(SURVEY, "lv")).toBe(2);
  expect(missingIn(SURVEY, "lt")).toBe(4);
});

test("what a language lacks is said in the survey's own", () => {
  expect(spoken(said("Yes", "Jā"), "en", "lv")).toEqual({ text: "Jā", language: "lv" });
  expect(spoken(said("Yes"), "en", "lv")).toEqual({ text: "Yes", language: "en" });
  expect(spoken(said("Yes"), null, "lv")).toEqual({ text: "Yes", language: "" });
});
