import type { Refusal } from "~/parts/refusals.ts";
import { t } from "~/words/words.ts";

const IN_WORDS = [
  "DAILY_LIMIT_OUT_OF_RANGE",
  "DEPARTMENT_REQUIRED",
  "DUPLICATE_LANGUAGE",
  "DUPLICATE_OPTION",
  "DUPLICATE_QUESTION",
  "EMPTY",
  "EXPIRES_AT_OUT_OF_RANGE",
  "FORBIDDEN",
  "INVALID_KEY",
  "INVALID_LANGUAGE",
  "INVALID_SCALE",
  "INVALID_TEXT",
  "INVALID_TIME",
  "KEY_TAKEN",
  "KIND_CHANGED",
  "NOTHING_OFFERED",
  "OPENING_REQUIRED",
  "OPTION_COUNT",
  "OPTION_REMOVED",
  "QUESTION_COUNT",
  "SCALE_CHANGED",
  "STATE_NOT_REACHABLE",
  "SURVEY_ARCHIVED",
  "SURVEY_CLOSED",
  "TIME_IS_PAST",
  "TOO_LONG",
  "TOO_MANY",
  "TOO_MANY_ITEMS",
  "UNKNOWN_DEPARTMENT",
  "UNKNOWN_SURVEY",
  "UNKNOWN_TOUCHPOINT",
  "VERSION_CHANGED",
] as const;

/** A refusal in the language of the page; the API's own sentence where the page has none. */
export function inWords({ code, message }: Refusal): string {
  const known = IN_WORDS.find((one) => one === code);
  return known === undefined ? message : t(`surveys.error_${known}`);
}

/** The same refusals, in the language of the page. */
export function allInWords(refusals: readonly Refusal[]): Refusal[] {
  return refusals.map((refusal) => ({ ...refusal, message: inWords(refusal) }));
}
