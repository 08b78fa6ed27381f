import type { SurveyState } from "../queries.generated.ts";
import { isUnopened } from "../states.ts";
import type { Form } from "./form.ts";
import { createInput, differ } from "./input.ts";

/** What saving will do to what is asked. */
export interface Changes {
  /** Whether anything at all differs. */
  isAny: boolean;
  /** Of questions; 0 where the version stays. */
  newVersion: number;
  added: number;
  removed: number;
  changed: number;
  isReordered: boolean;
}

export function changesBetween(
  before: Form,
  form: Form,
  { state, version }: { state: SurveyState; version: number },
): Changes {
  const [was, is] = [createInput(before), createInput(form)];
  const asked = new Map(was.questions.map((question) => [question.key, question]));
  const kept = is.questions.filter(({ key }) => asked.has(key));
  const stays = new Set(kept.map(({ key }) => key));
  const order = was.questions.map(({ key }) => key).filter((key) => stays.has(key));
  const isAsking = differ(was.questions, is.questions);
  return {
    isAny: differ(was, is),
    newVersion: isAsking && !isUnopened(state) ? version + 1 : 0,
    added: is.questions.length - kept.length,
    removed: was.questions.filter(({ key }) => !stays.has(key)).length,
    changed: kept.filter((question) => differ(question, asked.get(question.key))).length,
    isReordered: differ(
      kept.map(({ key }) => key),
      order,
    ),
  };
}
