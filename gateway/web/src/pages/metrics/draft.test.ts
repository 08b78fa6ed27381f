import { describe, expect, test } from "vitest";
import { answersOf, draftOf, EMPTY, INDEX, inputOf, ONE_ITEM } from "./draft.ts";

const QUESTION = { key: "q", text: "", dontKnow: false, scale: null, options: [] };

describe("what can be answered", () => {
  test("a kind has the same scale in every survey", () => {
    expect(answersOf({ ...EMPTY, kind: "CES1" }, undefined)).toEqual(["1", "2", "3", "4", "5"]);
    expect(answersOf({ ...EMPTY, kind: "CSAT" }, undefined).at(-1)).toBe("DONT_KNOW");
  });

  test("a question has its own", () => {
    const own = { ...EMPTY, kind: "" };
    const rating = { ...QUESTION, key: "q", kind: "RATING", scale: { low: 0, high: 2 } } as const;
    const options = [
      { key: "speed", text: "Too slow" },
      { key: "price", text: "Too dear" },
    ];
    expect(answersOf(own, rating)).toEqual(["0", "1", "2"]);
    expect(answersOf(own, { ...QUESTION, key: "q", kind: "SINGLE_CHOICE", options })).toEqual([
      "speed",
      "price",
    ]);
    expect(answersOf(own, { ...QUESTION, key: "q", kind: "MULTIPLE_CHOICE", options })).toEqual([
      "1",
      "0",
    ]);
    expect(answersOf(own, undefined)).toEqual([]);
  });
});

test("only what a statistic has is sent", () => {
  const draft = {
    ...EMPTY,
    name: "Šops top",
    answers: ["4"],
    against: ["1"],
    denominator: "ALL",
  } as const;
  expect(inputOf({ ...draft, answers: ["4"], against: ["1"], statistic: "MEAN" })).toEqual({
    key: "sops-top",
    name: "Šops top",
    item: { kind: "CSAT" },
    statistic: "MEAN",
    answers: [],
    against: [],
    top: null,
    denominator: "VALID",
    minimumBase: 10,
    higherIsBetter: true,
  });
});

test("a new version begins as the metric is", () => {
  const calculation = {
    kind: "NET",
    answers: ["5"],
    against: ["1"],
    questionKind: null,
    standardItem: null,
    items: [],
    survey: "s",
    question: "q",
    option: null,
    withDontKnow: true,
  } as const;
  const metric = {
    key: "own",
    version: 2,
    name: "Own",
    unit: "POINTS",
    higherIsBetter: false,
    formula: "",
    denominator: "",
    minimumBase: 30,
    builtIn: false,
    secondary: null,
  } as const;
  const draft = draftOf({
    ...metric,
    calculation: { ...calculation, answers: ["5"], against: ["1"], items: [] },
  });
  expect(inputOf(draft)).toEqual({
    key: "own",
    name: "Own",
    item: { survey: "s", question: "q" },
    statistic: "NET",
    answers: ["5"],
    against: ["1"],
    top: null,
    denominator: "ALL",
    minimumBase: 30,
    higherIsBetter: false,
  });
});

test("an index keeps its items, and the questions among them", () => {
  const question = { standardItem: null, survey: "s", question: "q", option: null };
  const item = { standardItem: "fast", survey: null, question: null, option: null };
  const draft = draftOf({
    key: "own",
    version: 1,
    name: "Own",
    unit: "SHARE",
    higherIsBetter: true,
    formula: "",
    denominator: "",
    minimumBase: 10,
    builtIn: false,
    secondary: null,
    calculation: {
      kind: "SHARE",
      answers: ["4", "5"],
      against: [],
      questionKind: null,
      standardItem: null,
      survey: null,
      question: null,
      option: null,
      items: [item, question],
      withDontKnow: false,
    },
  });
  const input = inputOf(draft);
  expect(draft.kind).toBe(INDEX);
  expect(input.item).toBeUndefined();
  expect(input.items).toEqual([{ standardItem: "fast" }, { survey: "s", question: "q" }]);
  expect(inputOf({ ...EMPTY, kind: ONE_ITEM, item: "fast" }).item).toEqual({
    standardItem: "fast",
  });
});
