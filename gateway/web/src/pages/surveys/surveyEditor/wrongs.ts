import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Refusal } from "~/parts/refusals.ts";
import { t } from "~/words/words.ts";
import { inWords } from "../refused.ts";
import type { Form, Texts } from "./form.ts";
import { otherLanguages } from "./input.ts";

/** What is wrong, by the name of the field; "" holds what belongs to none. */
export type Wrongs = Record<string, string>;

export const WrongsContext = createContext<Wrongs>({});

export function useWrong(field: string): string | undefined {
  return useContext(WrongsContext)[field];
}

/** What a person has still to fill in: everything at once, before the API judges the rest. */
export function missing(form: Form): Wrongs {
  const wrongs: Wrongs = {};
  const [own = ""] = form.languages;
  const need = (field: string, text: string | undefined) => {
    if (!text?.trim()) wrongs[field] = t("surveys.error_EMPTY");
  };
  const needWhole = (field: string, text: string) => {
    if (!/^\s*\d+\s*$/.test(text)) wrongs[field] = t("surveyEditor.notWhole");
  };
  need(`title.${own}`, form.title[own]);
  need("key", form.key);
  if (form.dailyLimit.trim() !== "") needWhole("dailyLimit", form.dailyLimit);
  for (const question of form.questions) {
    need(`${question.id}.key`, question.key);
    need(`${question.id}.text.${own}`, question.texts[own]);
    if (question.kind === "RATING") {
      needWhole(`${question.id}.scale`, question.low);
      needWhole(`${question.id}.scale`, question.high);
    }
    for (const option of question.options) {
      need(`${option.id}.key`, option.key);
      need(`${option.id}.text.${own}`, option.texts[own]);
    }
  }
  return wrongs;
}

/** Refusals of the API at the fields of the form they speak of. */
export function wrongsOf(refusals: readonly Refusal[], form: Form): Wrongs {
  return Object.fromEntries(
    refusals.map((refusal) => [fieldOf(refusal.field ?? [], form), inWords(refusal)]),
  );
}

/** The field of the form that a path of the API names; "" for none. */
export function fieldOf(path: readonly string[], form: Form): string {
  const [first = "", ...rest] = path;
  if (first === "title") return `title.${form.languages[0] ?? ""}`;
  if (first === "texts") return `title.${languageAt(rest, form.title, form)}`;
  if (first === "questions") return questionField(rest, form);
  return ["key", "department", "offers", "dailyLimit", "language"].includes(first) ? first : "";
}

function questionField([at, ...rest]: string[], form: Form): string {
  const question = form.questions[Number(at)];
  if (at === undefined || question === undefined) return "questions";
  const option = rest[0] === "options" ? question.options[Number(rest[1])] : undefined;
  if (option !== undefined && rest[1] !== undefined) {
    return itemField(option, rest.slice(2), form);
  }
  return itemField(question, rest, form);
}

function itemField(
  { id, texts }: { id: string; texts: Texts },
  [name = "key", ...rest]: string[],
  form: Form,
): string {
  if (name === "text") return `${id}.text.${form.languages[0] ?? ""}`;
  if (name === "texts") return `${id}.text.${languageAt(rest, texts, form)}`;
  return `${id}.${name}`;
}

function languageAt([at]: string[], texts: Texts, form: Form): string {
  return otherLanguages(texts, form)[Number(at)] ?? form.languages[0] ?? "";
}
