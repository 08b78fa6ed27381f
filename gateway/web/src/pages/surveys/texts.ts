import { type InLanguages, type Spoken, spoken } from "~/parts/texts.ts";
import type { SurveyWholeFragment } from "./queries.generated.ts";

export { type InLanguages, type Spoken, spoken };

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
