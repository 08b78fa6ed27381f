import type { Picked } from "~/parts/PickDepartment.tsx";
import { KINDS } from "../kinds.ts";
import type { ItemsToAskQuery, QuestionKind, SurveyWholeFragment } from "../queries.generated.ts";
import { type InLanguages, languagesOf } from "../texts.ts";

export type StandardItem = NonNullable<ItemsToAskQuery["standardItems"]>[number];
const ITEM_LANGUAGE = "en";

/** One text, by language. */
export type Texts = Record<string, string>;

export interface FormOption {
  /** Of the form alone: it stays when the option moves. */
  id: string;
  key: string;
  texts: Texts;
  /** Whether it was stored before: its key stays. */
  isStored: boolean;
}

export interface FormQuestion {
  id: string;
  key: string;
  kind: QuestionKind;
  texts: Texts;
  dontKnow: boolean;
  low: string;
  high: string;
  options: FormOption[];
  isStored: boolean;
  /** Key of the standard item that it asks; empty: none. Its kind, scale and options stay. */
  item: string;
}

export type Offering = "nothing" | "chosen" | "everything";

/** A survey as it is being written. The first language is its own. */
export interface Form {
  key: string;
  languages: string[];
  title: Texts;
  questions: FormQuestion[];
  isPublic: boolean;
  inScorecard: boolean;
  department: Picked | undefined;
  offering: Offering;
  departments: Picked[];
  touchpoints: Picked[];
  dailyLimit: string;
  /** What the next thing in the form is numbered with. */
  next: number;
}

export function newForm(language: string): Form {
  const form: Form = {
    key: "",
    languages: [language],
    title: {},
    questions: [],
    isPublic: false,
    inScorecard: true,
    department: undefined,
    offering: "nothing",
    departments: [],
    touchpoints: [],
    dailyLimit: "",
    next: 1,
  };
  return withNewQuestion(form, "NPS");
}

export function formOf(survey: SurveyWholeFragment): Form {
  const own = survey.language ?? "";
  const { departments, touchpoints, everything } = survey.offers;
  const offersSome = (departments ?? []).length + (touchpoints ?? []).length > 0;
  return {
    key: survey.key,
    languages: languagesOf(survey),
    title: byLanguage({ text: survey.title, texts: survey.texts }, own),
    questions: survey.questions.map((question, at) => ({
      id: `s${at}`,
      key: question.key,
      kind: question.kind,
      texts: byLanguage(question, own),
      dontKnow: question.dontKnow,
      low: String(question.scale?.low ?? ""),
      high: String(question.scale?.high ?? ""),
      options: question.options.map((option, place) => ({
        id: `s${at}-${place}`,
        key: option.key,
        texts: byLanguage(option, own),
        isStored: true,
      })),
      isStored: true,
      item: question.item ?? "",
    })),
    isPublic: survey.public,
    inScorecard: survey.inScorecard,
    department: survey.department ?? undefined,
    offering: everything ? "everything" : offersSome ? "chosen" : "nothing",
    departments: departments ?? [],
    touchpoints: touchpoints ?? [],
    dailyLimit: String(survey.dailyLimit ?? ""),
    next: 1,
  };
}

function byLanguage({ text, texts }: InLanguages, own: string): Texts {
  return Object.fromEntries([[own, text], ...texts.map((one) => [one.language, one.text])]);
}

export function withQuestion(form: Form, id: string, patch: Partial<FormQuestion>): Form {
  const questions = form.questions.map((one) => (one.id === id ? { ...one, ...patch } : one));
  return { ...form, questions };
}

export function withNewQuestion(form: Form, kind: QuestionKind): Form {
  const question: FormQuestion = {
    id: `n${form.next}`,
    key: freeKey(
      KINDS[kind].key,
      form.questions.map(({ key }) => key),
    ),
    kind,
    texts: {},
    dontKnow: false,
    low: kind === "RATING" ? "1" : "",
    high: kind === "RATING" ? "5" : "",
    options: [],
    isStored: false,
    item: "",
  };
  const added = { ...form, questions: [...form.questions, question], next: form.next + 1 };
  return KINDS[kind].hasOptions
    ? withNewOption(withNewOption(added, question.id), question.id)
    : added;
}

/** A standard item as a question, in the languages of the form that it has. */
export function withItem(form: Form, item: StandardItem): Form {
  const question: FormQuestion = {
    id: `n${form.next}`,
    key: freeKey(
      item.key,
      form.questions.map(({ key }) => key),
    ),
    kind: item.kind,
    texts: byLanguage(item, ITEM_LANGUAGE),
    dontKnow: false,
    low: String(item.scale?.low ?? ""),
    high: String(item.scale?.high ?? ""),
    options: item.options.map((option, place) => ({
      id: `n${form.next + 1 + place}`,
      key: option.key,
      texts: byLanguage(option, ITEM_LANGUAGE),
      isStored: true,
    })),
    isStored: false,
    item: item.key,
  };
  const next = form.next + 1 + item.options.length;
  return { ...form, questions: [...form.questions, question], next };
}

/** Another kind for a question that nobody was asked yet. */
export function withKind(form: Form, id: string, kind: QuestionKind): Form {
  const { hasOptions, mayDontKnow } = KINDS[kind];
  const before = form.questions.find((question) => question.id === id);
  if (before === undefined) return form;
  const isRating = kind === "RATING";
  const changed = withQuestion(form, id, {
    kind,
    dontKnow: mayDontKnow && before.dontKnow,
    low: isRating ? before.low || "1" : "",
    high: isRating ? before.high || "5" : "",
    options: hasOptions ? before.options : [],
  });
  if (!hasOptions || before.options.length > 0) return changed;
  return withNewOption(withNewOption(changed, id), id);
}

export function withNewOption(form: Form, id: string): Form {
  const question = form.questions.find((one) => one.id === id);
  if (question === undefined) return form;
  const keys = question.options.map(({ key }) => key);
  const option: FormOption = {
    id: `n${form.next}`,
    key: freeKey(`option${keys.length + 1}`, keys),
    texts: {},
    isStored: false,
  };
  const options = [...question.options, option];
  return { ...withQuestion(form, id, { options }), next: form.next + 1 };
}

/** The first of name, name2, name3 that is not taken. */
export function freeKey(name: string, taken: readonly string[]): string {
  let [key, number] = [name, 1];
  while (taken.includes(key)) {
    number += 1;
    key = `${name}${number}`;
  }
  return key;
}

/** The same items with one moved up (-1) or down (1); at the end it stays. */
export function moved<T extends { id: string }>(items: T[], id: string, by: -1 | 1): T[] {
  const from = items.findIndex((item) => item.id === id);
  const [item, other] = [items[from], items[from + by]];
  if (item === undefined || other === undefined) return items;
  const changed = [...items];
  changed[from] = other;
  changed[from + by] = item;
  return changed;
}

/** Another language as the survey's own; texts of a language that was not said become its texts. */
export function withOwnLanguage(form: Form, tag: string): Form {
  const [own = "", ...others] = form.languages;
  if (others.includes(tag)) {
    return { ...form, languages: [tag, own, ...others.filter((other) => other !== tag)] };
  }
  return renamed({ ...form, languages: [tag, ...others] }, own, tag);
}

export function withoutLanguage(form: Form, tag: string): Form {
  const languages = form.languages.filter((language) => language !== tag);
  return { ...form, languages };
}

function renamed(form: Form, from: string, to: string): Form {
  const rename = ({ [from]: text = "", ...others }: Texts): Texts => ({ ...others, [to]: text });
  return {
    ...form,
    title: rename(form.title),
    questions: form.questions.map((question) => ({
      ...question,
      texts: rename(question.texts),
      options: question.options.map((option) => ({ ...option, texts: rename(option.texts) })),
    })),
  };
}
