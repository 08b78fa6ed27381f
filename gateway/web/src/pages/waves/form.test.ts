import { beforeAll, expect, test, vi } from "vitest";
import { loadWords } from "~/words/words.ts";
import { formOf, inputOf, newForm, withNewQuestion, withStandard } from "./form.ts";
import type { WaveWholeFragment } from "./queries.generated.ts";
import { fieldOf, missing, wrongsOf } from "./wrongs.ts";

const LV = { language: "lv", text: "Vai ieteiktu?" };
const STANDARD = [
  { key: "enps", kind: "ENPS", text: "Would you recommend?", texts: [LV] },
  { key: "tools", kind: "AGREEMENT", text: "I have the tools.", texts: [] },
] as const;
const standard = STANDARD.map((one) => ({ ...one, texts: [...one.texts] }));

beforeAll(async () => {
  vi.stubGlobal("document", { documentElement: {} });
  await loadWords("en");
});

test("a new wave asks the standard questions of everybody, in the language of the page first", () => {
  const form = newForm("lv", standard);
  expect(form.languages).toEqual(["lv", "en", "lt", "sl", "mk"]);
  const input = inputOf({ ...form, languages: ["lv", "en"], name: { lv: "Pulss" } }, "Europe/Riga");
  expect(input.questions[0]).toEqual({
    key: "enps",
    kind: "ENPS",
    text: "Vai ieteiktu?",
    texts: [{ language: "en", text: "Would you recommend?" }],
  });
  expect([input.departments, input.k, input.opensAt]).toEqual([[], 5, null]);
});

test("a draft that was read is sent as it was, by the clocks of the organisation", () => {
  const wave = {
    key: "pulse-2026-12",
    kind: "PULSE",
    language: "en",
    languages: ["en", "lv"],
    name: "December",
    names: [{ language: "lv", text: "Decembris" }],
    questions: standard,
    departments: ["billing"],
    k: 7,
    dimensions: ["place", "years"],
    opensAt: "2026-12-01T07:00:00.000Z",
    closesAt: "2026-12-14T22:00:00.000Z",
    reminders: [3, 7],
    repeatMonths: 3,
  } as unknown as WaveWholeFragment;
  const form = formOf(wave, "Europe/Riga");
  expect(form.opensAt).toBe("2026-12-01T09:00");
  const input = inputOf(form, "Europe/Riga");
  expect(input).toMatchObject({
    opensAt: wave.opensAt,
    closesAt: wave.closesAt,
    reminders: [3, 7],
    dimensions: ["place", "years"],
    departments: ["billing"],
    names: wave.names,
    repeatMonths: 3,
  });
});

test("the standard questions take the place of others, and no two questions have one key", () => {
  const form = withNewQuestion(withNewQuestion(newForm("en", []), "TEXT"), "TEXT");
  expect(form.questions.map(({ key }) => key)).toEqual(["text", "text2"]);
  const taken = withStandard(form, standard);
  expect(taken.questions.map(({ key }) => key)).toEqual(["enps", "tools"]);
  expect(new Set([...form.questions, ...taken.questions].map(({ id }) => id)).size).toBe(4);
});

test("what is missing is told at its field, in every language", () => {
  const form = { ...newForm("en", standard), languages: ["en", "lv"], k: "4", reminders: "3, x" };
  const wrongs = missing(form);
  const [first = { id: "" }, second = { id: "" }] = form.questions;
  expect(wrongs["name.en"]).toBe("Fill this in.");
  expect(wrongs["name.lv"]).toBe("Fill this in.");
  expect(wrongs[`${second.id}.text.lv`]).toBe("Fill this in.");
  expect(wrongs[`${first.id}.text.lv`]).toBeUndefined();
  expect(wrongs["k"]).toBe("From 5 to 100.");
  expect(wrongs["reminders"]).toContain("Whole days");
});

test("a refusal of the API stands at the field it speaks of", () => {
  const form = { ...newForm("en", standard), languages: ["en", "lv"] };
  const [first] = form.questions;
  expect(fieldOf(["questions", "0", "texts", "0", "text"], form)).toBe(`${first?.id}.text.lv`);
  expect(fieldOf(["questions", "9"], form)).toBe("questions");
  expect(fieldOf(["closesAt"], form)).toBe("closesAt");
  expect(fieldOf(["report"], form)).toBe("");
  const refusal = { field: ["k"], message: "as asked", code: "NO_SUCH_CODE" };
  expect(wrongsOf([refusal], form)).toEqual({ k: "as asked" });
});
