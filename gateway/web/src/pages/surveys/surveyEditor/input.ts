import type {
  CreateSurveyInput,
  LocalizedTextInput,
  OffersInput,
  QuestionInput,
  ScaleInput,
  UpdateSurveyInput,
} from "~/api/types.generated.ts";
import type { Form, FormQuestion, Texts } from "./form.ts";

/** A new survey, to be opened later. */
export function createInput(form: Form): CreateSurveyInput {
  return {
    key: form.key.trim(),
    title: ownText(form.title, form),
    texts: otherTexts(form.title, form),
    language: form.languages[0] || null,
    questions: questionsOf(form),
    public: form.isPublic,
    inScorecard: form.inScorecard,
    department: form.department?.key ?? null,
    offers: offersOf(form),
    dailyLimit: form.dailyLimit.trim() === "" ? null : Number(form.dailyLimit),
    state: "DRAFT",
  };
}

/** What differs from what was read: the rest, of which the viewer may see only a part, stays as it is. */
export function updateInput(before: Form, form: Form, version: number): UpdateSurveyInput {
  const [was, is] = [createInput(before), createInput(form)];
  const input: UpdateSurveyInput = { key: form.key, version };
  if (differ(was.title, is.title)) input.title = is.title;
  if (differ(was.texts, is.texts) || differ(was.language, is.language)) {
    Object.assign(input, { texts: is.texts, title: is.title, language: is.language ?? "" });
  }
  if (differ(was.questions, is.questions)) input.questions = is.questions;
  if (was.public !== is.public) input.public = is.public ?? false;
  if (was.inScorecard !== is.inScorecard) input.inScorecard = is.inScorecard ?? true;
  if (was.department !== is.department) input.department = is.department ?? "";
  if (differ(was.offers, is.offers)) input.offers = is.offers ?? null;
  if (was.dailyLimit !== is.dailyLimit) input.dailyLimit = is.dailyLimit ?? 0;
  return input;
}

export function differ(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) !== JSON.stringify(other);
}

/** Languages of a text beside the survey's own, as the API is sent them. */
export function otherLanguages(texts: Texts, { languages }: Form): string[] {
  return languages.slice(1).filter((language) => texts[language]?.trim());
}

export function ownText(texts: Texts, { languages: [own = ""] }: Form): string {
  return texts[own] ?? "";
}

function otherTexts(texts: Texts, form: Form): LocalizedTextInput[] {
  return otherLanguages(texts, form).map((language) => ({ language, text: texts[language] ?? "" }));
}

function questionsOf(form: Form): QuestionInput[] {
  return form.questions.map((question) => ({
    key: question.key.trim(),
    kind: question.kind,
    item: question.item || null,
    text: ownText(question.texts, form),
    texts: otherTexts(question.texts, form),
    dontKnow: question.dontKnow,
    scale: scaleOf(question),
    options: question.options.map((option) => ({
      key: option.key.trim(),
      text: ownText(option.texts, form),
      texts: otherTexts(option.texts, form),
    })),
  }));
}

function scaleOf({ kind, low, high }: FormQuestion): ScaleInput | null {
  return kind === "RATING" ? { low: Number(low), high: Number(high) } : null;
}

function offersOf({ offering, departments, touchpoints }: Form): OffersInput {
  if (offering === "everything") return { everything: true };
  if (offering === "nothing") return {};
  return {
    departments: departments.map(({ key }) => key),
    touchpoints: touchpoints.map(({ key }) => key),
  };
}
