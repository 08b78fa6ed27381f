import type { Wrongs } from "~/pages/surveys/surveyEditor/wrongs.ts";
import type { Refusal } from "~/parts/refusals.ts";
import { t } from "~/words/words.ts";
import { between, type Form, otherLanguages } from "./form.ts";
import { inWords } from "./refused.ts";

const [LEAST, MOST] = [5, 100];
const FIELDS = [
  "key",
  "kind",
  "departments",
  "k",
  "dimensions",
  "opensAt",
  "closesAt",
  "reminders",
  "repeatMonths",
  "languages",
  "language",
];

/** What a person has still to fill in: everything at once, before the API judges the rest. */
export function missing(form: Form): Wrongs {
  const wrongs: Wrongs = {};
  const need = (field: string, text: string | undefined) => {
    if (!text?.trim()) wrongs[field] = t("surveys.error_EMPTY");
  };
  need("key", form.key);
  for (const language of form.languages) {
    need(`name.${language}`, form.name[language]);
    for (const { id, texts } of form.questions) need(`${id}.text.${language}`, texts[language]);
  }
  for (const { id, key } of form.questions) need(`${id}.key`, key);
  if (!isWhole(form.k) || Number(form.k) < LEAST || Number(form.k) > MOST)
    wrongs["k"] = t("waves.error_K_OUT_OF_RANGE");
  if (!isWhole(form.repeatMonths)) wrongs["repeatMonths"] = t("surveyEditor.notWhole");
  if (!between(form.reminders).every(isWhole)) wrongs["reminders"] = t("waves.daysWrong");
  if (form.questions.length === 0) wrongs["questions"] = t("waves.error_QUESTION_COUNT");
  return wrongs;
}

function isWhole(text: string): boolean {
  return /^\s*\d+\s*$/.test(text);
}

/** Refusals of the API at the fields of the form they speak of. */
export function wrongsOf(refusals: readonly Refusal[], form: Form): Wrongs {
  return Object.fromEntries(
    refusals.map((refusal) => [fieldOf(refusal.field ?? [], form), inWords(refusal)]),
  );
}

/** The field of the form that a path of the API names; "" for none. */
export function fieldOf(path: readonly string[], form: Form): string {
  const [named = "", ...rest] = path;
  const first = named.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  const [own = ""] = form.languages;
  if (first === "name") return `name.${own}`;
  if (first === "names") return `name.${languageAt(rest, form.name, form)}`;
  if (first !== "questions") return FIELDS.includes(first) ? first : "";
  const [at, part = "key", ...within] = rest;
  const question = form.questions[Number(at)];
  if (at === undefined || question === undefined) return "questions";
  if (part === "text") return `${question.id}.text.${own}`;
  if (part === "texts") return `${question.id}.text.${languageAt(within, question.texts, form)}`;
  return `${question.id}.${part}`;
}

function languageAt([at]: string[], texts: Record<string, string>, form: Form): string {
  return otherLanguages(texts, form)[Number(at)] ?? form.languages[0] ?? "";
}
