import { describe, expect, test } from "vitest";
import { changesBetween } from "./changes.ts";
import {
  type Form,
  freeKey,
  moved,
  newForm,
  withKind,
  withNewQuestion,
  withOwnLanguage,
  withQuestion,
} from "./form.ts";
import { createInput, updateInput } from "./input.ts";
import { fieldOf } from "./wrongs.ts";

function written(): Form {
  const form = withNewQuestion(newForm("en"), "SINGLE_CHOICE");
  const [first, choice] = form.questions;
  const asked = withQuestion(form, first?.id ?? "", {
    texts: { en: "Recommend?", lv: "Ieteiksiet?" },
  });
  const options = (choice?.options ?? []).map((option, at) => ({
    ...option,
    texts: { en: `Option ${at}`, lv: at === 1 ? "Otra" : "" },
  }));
  return {
    ...withQuestion(asked, choice?.id ?? "", { texts: { en: "Which?" }, options }),
    key: "visit",
    languages: ["en", "lt", "lv"],
    title: { en: "Visit", lv: "Apmeklējums" },
  };
}

describe("what is sent", () => {
  test("a new survey is a draft, and texts that are empty are left out", () => {
    const input = createInput(written());
    expect(input).toMatchObject({ state: "DRAFT", language: "en", title: "Visit" });
    expect(input.texts).toEqual([{ language: "lv", text: "Apmeklējums" }]);
    expect(input.questions[1]?.options?.map(({ texts }) => texts)).toEqual([
      [],
      [{ language: "lv", text: "Otra" }],
    ]);
  });

  test("only what was changed", () => {
    const before = written();
    expect(updateInput(before, before, 3)).toEqual({ key: "visit", version: 3 });
    expect(updateInput(before, { ...before, isPublic: true }, 3)).toEqual({
      key: "visit",
      version: 3,
      public: true,
    });
    expect(updateInput({ ...before, dailyLimit: "5" }, before, 3)).toMatchObject({ dailyLimit: 0 });
  });
});

test("refusals stand at their fields", () => {
  const form = written();
  const [first, choice] = form.questions;
  const second = choice?.options[1];
  expect(fieldOf(["title"], form)).toBe("title.en");
  expect(fieldOf(["texts", "0", "text"], form)).toBe("title.lv");
  expect(fieldOf(["questions"], form)).toBe("questions");
  expect(fieldOf(["questions", "0", "texts", "0", "text"], form)).toBe(`${first?.id}.text.lv`);
  expect(fieldOf(["questions", "1", "options", "1", "texts", "0", "text"], form)).toBe(
    `${second?.id}.text.lv`,
  );
  expect(fieldOf(["questions", "1", "options", "1", "key"], form)).toBe(`${second?.id}.key`);
  expect(fieldOf(["questions", "1", "options"], form)).toBe(`${choice?.id}.options`);
  expect(fieldOf(["offers", "departments"], form)).toBe("offers");
  expect(fieldOf(["version"], form)).toBe("");
});

describe("what saving will change", () => {
  const live = { state: "LIVE", version: 2 } as const;

  test("new, removed, changed and moved questions of an open survey make a version", () => {
    const before = written();
    const more = withNewQuestion(before, "TEXT");
    expect(changesBetween(before, more, live)).toMatchObject({ added: 1, newVersion: 3 });
    const fewer = { ...before, questions: before.questions.slice(1) };
    expect(changesBetween(before, fewer, live)).toMatchObject({ removed: 1, newVersion: 3 });
    const id = before.questions[0]?.id ?? "";
    const other = withQuestion(before, id, { texts: { en: "Would you?" } });
    expect(changesBetween(before, other, live)).toMatchObject({ changed: 1, isReordered: false });
    const turned = { ...before, questions: moved(before.questions, id, 1) };
    expect(changesBetween(before, turned, live)).toMatchObject({ changed: 0, isReordered: true });
  });

  test("a draft and what is not asked make none", () => {
    const before = written();
    const draft = { state: "DRAFT", version: 1 } as const;
    expect(changesBetween(before, withNewQuestion(before, "TEXT"), draft).newVersion).toBe(0);
    const open = changesBetween(before, { ...before, isPublic: true }, live);
    expect(open).toMatchObject({ isAny: true, newVersion: 0 });
    expect(changesBetween(before, before, live).isAny).toBe(false);
  });
});

test("questions move, and stay at the ends", () => {
  const items = [{ id: "a" }, { id: "b" }];
  expect(moved(items, "b", -1)).toEqual([{ id: "b" }, { id: "a" }]);
  expect(moved(items, "a", -1)).toBe(items);
  expect(freeKey("q", ["q", "q2"])).toBe("q3");
});

test("another kind has what it needs and nothing else", () => {
  const form = newForm("en");
  const id = form.questions[0]?.id ?? "";
  expect(withKind(form, id, "MULTIPLE_CHOICE").questions[0]?.options).toHaveLength(2);
  const rating = withKind(form, id, "RATING");
  expect(rating.questions[0]).toMatchObject({ low: "1", high: "5", options: [] });
  expect(withKind(rating, id, "TEXT").questions[0]).toMatchObject({ low: "", high: "" });
});

test("the survey's own language: of what was not said the texts stay, of another the texts swap places", () => {
  const unsaid = { ...newForm(""), title: { "": "Visit" } };
  expect(withOwnLanguage(unsaid, "en")).toMatchObject({
    languages: ["en"],
    title: { en: "Visit" },
  });
  expect(withOwnLanguage(written(), "lv").languages).toEqual(["lv", "en", "lt"]);
});
