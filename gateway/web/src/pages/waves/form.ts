import type {
  LocalizedTextInput,
  UpsertWaveInput,
  WaveKind,
  WaveQuestionKind,
} from "~/api/types.generated.ts";
import { freeKey, type Texts } from "~/pages/surveys/surveyEditor/form.ts";
import type { Picked } from "~/parts/PickDepartment.tsx";
import { instantOf, wallOf } from "~/place/clock.ts";
import type { StandardQuestionsQuery, WaveWholeFragment } from "./queries.generated.ts";

export const KINDS = [
  "ENPS",
  "AGREEMENT",
  "BURNOUT",
  "SENSITIVE",
  "TEXT",
] as const satisfies readonly WaveQuestionKind[];
export const WAVE_KINDS = ["CENSUS", "PULSE"] as const satisfies readonly WaveKind[];
/** Languages that the standard questions come in. */
export const LANGUAGES_OF_STANDARD = ["en", "lv", "lt", "sl", "mk"];

export interface FormQuestion {
  /** Of the form alone: it stays when the question moves. */
  id: string;
  key: string;
  kind: WaveQuestionKind;
  texts: Texts;
}

/** A wave as it is being planned; numbers and times as written. The first language is its own. */
export interface Form {
  key: string;
  kind: WaveKind;
  languages: string[];
  name: Texts;
  questions: FormQuestion[];
  /** None: the whole organisation. A name is "" where only the key is known. */
  departments: Picked[];
  k: string;
  /** With commas. */
  dimensions: string;
  opensAt: string;
  closesAt: string;
  /** Days after opening, with commas. */
  reminders: string;
  repeatMonths: string;
  /** What the next question is numbered with. */
  next: number;
}

export type Standard = NonNullable<StandardQuestionsQuery["standardWaveQuestions"]>;

/** A new wave: the standard questions, asked of everybody in all languages that they come in. */
export function newForm(language: string, standard: Standard): Form {
  const others = LANGUAGES_OF_STANDARD.filter((tag) => tag !== language);
  const form: Form = {
    key: "",
    kind: "PULSE",
    languages: [language, ...others],
    name: {},
    questions: [],
    departments: [],
    k: "5",
    dimensions: "",
    opensAt: "",
    closesAt: "",
    reminders: "",
    repeatMonths: "0",
    next: 1,
  };
  return withStandard(form, standard);
}

/** The same with the standard questions in the place of its own. */
export function withStandard(form: Form, standard: Standard): Form {
  const questions = standard.map(({ key, kind, text, texts }, at) => ({
    id: `s${form.next + at}`,
    key,
    kind,
    texts: byLanguage({ text, texts }, "en"),
  }));
  return { ...form, questions, next: form.next + standard.length };
}

export function formOf(wave: WaveWholeFragment, timeZone: string): Form {
  const own = wave.language;
  const wall = (instant: string | null) => (instant === null ? "" : wallOf(instant, timeZone));
  return {
    key: wave.key,
    kind: wave.kind,
    languages: [own, ...wave.languages.filter((tag) => tag !== own)],
    name: byLanguage({ text: wave.name, texts: wave.names }, own),
    questions: wave.questions.map((question, at) => ({
      id: `w${at}`,
      key: question.key,
      kind: question.kind,
      texts: byLanguage(question, own),
    })),
    departments: wave.departments.map((key) => ({ key, name: "" })),
    k: String(wave.k),
    dimensions: wave.dimensions.join(", "),
    opensAt: wall(wave.opensAt),
    closesAt: wall(wave.closesAt),
    reminders: wave.reminders.join(", "),
    repeatMonths: String(wave.repeatMonths ?? 0),
    next: 1,
  };
}

function byLanguage(
  { text, texts }: { text: string; texts: { language: string; text: string }[] },
  own: string,
): Texts {
  return Object.fromEntries([[own, text], ...texts.map((one) => [one.language, one.text])]);
}

export function withNewQuestion(form: Form, kind: WaveQuestionKind): Form {
  const key = freeKey(
    kind.toLowerCase(),
    form.questions.map((question) => question.key),
  );
  const question: FormQuestion = { id: `n${form.next}`, key, kind, texts: {} };
  return { ...form, questions: [...form.questions, question], next: form.next + 1 };
}

export function withQuestion(form: Form, id: string, patch: Partial<FormQuestion>): Form {
  const questions = form.questions.map((one) => (one.id === id ? { ...one, ...patch } : one));
  return { ...form, questions };
}

/** What stands between commas, without what is empty. */
export function between(text: string): string[] {
  return text
    .split(",")
    .map((one) => one.trim())
    .filter((one) => one !== "");
}

export function inputOf(form: Form, timeZone: string): UpsertWaveInput {
  const [language = ""] = form.languages;
  return {
    key: form.key.trim(),
    kind: form.kind,
    language,
    languages: form.languages,
    name: form.name[language] ?? "",
    names: others(form.name, form),
    questions: form.questions.map((question) => ({
      key: question.key.trim(),
      kind: question.kind,
      text: question.texts[language] ?? "",
      texts: others(question.texts, form),
    })),
    departments: form.departments.map(({ key }) => key),
    k: Number(form.k),
    dimensions: between(form.dimensions),
    opensAt: instantOf(form.opensAt, timeZone) ?? null,
    closesAt: instantOf(form.closesAt, timeZone) ?? null,
    reminders: between(form.reminders).map(Number),
    repeatMonths: Number(form.repeatMonths) || null,
  };
}

/** Languages of a text beside the wave's own, as the API is sent them. */
export function otherLanguages(texts: Texts, { languages }: Form): string[] {
  return languages.slice(1).filter((language) => texts[language]?.trim());
}

function others(texts: Texts, form: Form): LocalizedTextInput[] {
  return otherLanguages(texts, form).map((language) => ({ language, text: texts[language] ?? "" }));
}
