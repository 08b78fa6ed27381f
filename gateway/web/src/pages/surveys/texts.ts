import type { SurveyWholeFragment } from "./queries.generated.ts";

export interface InLanguages {
  text: string;
  texts: { language: string; text: string }[];
}

export interface Spoken {
  text: string;
  language: string;
}

/** A text in the wished language, else in the survey's own. */
export function spoken(of: InLanguages, own: string | null, wished: string): Spoken {
  const found = of.texts.find(({ language }) => isSame(language, wished));
  return found ?? { text: of.text, language: own ?? "" };
}

/** The title of a survey as any other of its texts. */
export function titleOf(survey: { title: string; texts: InLanguages["texts"] }): InLanguages {
  return { text: survey.title, texts: survey.texts };
}

/** Every text that respondents see. */
export function textsOf(survey: SurveyWholeFragment): InLanguages[] {
  const asked = survey.questions.flatMap((question) => [question, ...question.options]);
  return [titleOf(survey), ...asked];
}

/** Tags of all languages, the survey's own first: "" where it is not said. */
export function languagesOf(survey: SurveyWholeFragment): string[] {
  const others = textsOf(survey).flatMap(({ texts }) => texts.map(({ language }) => language));
  return [survey.language ?? "", ...new Set(others)];
}

/** How many texts a language lacks. */
export function missingIn(survey: SurveyWholeFragment, language: string): number {
  if (language === (survey.language ?? "")) return 0;
  return textsOf(survey).filter(({ texts }) => !texts.some((one) => one.language === language))
    .length;
}

function isSame(tag: string, wished: string): boolean {
  return tag.toLowerCase().split("-")[0] === wished.toLowerCase().split("-")[0];
}
