import type { QuestionKind } from "~/api/types.generated.ts";

interface Question {
  key: string;
  kind: QuestionKind;
  item: string | null;
}

/** What is to be analysed: keys of questions. */
export interface Draft {
  outcome: string;
  drivers: string[];
}

export const FEWEST = 2;
const SCALES: readonly QuestionKind[] = ["NPS", "CSAT", "CES", "CES1", "RATING"];
const OUTCOMES: readonly QuestionKind[] = ["NPS", "CSAT", "CES"];
/** Standard items of service quality. */
const SERVICE_QUALITY = ["available", "competent", "fast", "personal", "relevant"];

/** Questions whose answers are numbers. */
export function onScale<Q extends Question>(questions: readonly Q[]): Q[] {
  return questions.filter(({ kind }) => SCALES.includes(kind));
}

/** What a form begins with: the first measure, and the items of service quality; all others where fewer than two are asked. */
export function draftOf(questions: readonly Question[]): Draft {
  const asked = onScale(questions);
  const first = OUTCOMES.flatMap((kind) => asked.find((question) => question.kind === kind) ?? []);
  const outcome = (first[0] ?? asked[0])?.key ?? "";
  const others = asked.filter(({ key }) => key !== outcome);
  const items = others.filter(({ item }) => item !== null && SERVICE_QUALITY.includes(item));
  return { outcome, drivers: (items.length >= FEWEST ? items : others).map(({ key }) => key) };
}
