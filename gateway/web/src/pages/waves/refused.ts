import type { Refusal } from "~/parts/refusals.ts";
import { t } from "~/words/words.ts";

const IN_WORDS = [
  "CLOSES_AT_MISSING",
  "CLOSES_AT_PAST",
  "CLOSES_AT_TOO_EARLY",
  "CLOSES_AT_TOO_LATE",
  "DUPLICATE_LANGUAGE",
  "DUPLICATE_QUESTION",
  "EMPTY",
  "FORBIDDEN",
  "INVALID_KEY",
  "INVALID_TEXT",
  "INVALID_TIME",
  "KIND_CHANGED",
  "K_OUT_OF_RANGE",
  "LANGUAGE_MISSING",
  "LANGUAGE_NOT_OFFERED",
  "NO_SCORED_QUESTION",
  "OPENS_AT_PAST",
  "QUESTION_COUNT",
  "REMINDER_COUNT",
  "REMINDER_OUT_OF_RANGE",
  "REMINDER_TOO_LATE",
  "REPEATED",
  "REPEATS_OVERLAP",
  "REPEAT_OUT_OF_RANGE",
  "RESERVED_KEY",
  "TEXT_MISSING",
  "TOO_FEW_PEOPLE",
  "TOO_LONG",
  "TOO_MANY",
  "UNKNOWN_DEPARTMENT",
  "UNKNOWN_WAVE",
  "WAVE_IMPORTED",
  "WAVE_NOT_OPEN",
  "WAVE_OPENED",
  "WAVE_OVERLAPS",
  "WAVE_TOO_SOON",
] as const;

/** A refusal in the language of the page; the API's own sentence where the page has none. */
export function inWords({ code, message }: Refusal): string {
  const known = IN_WORDS.find((one) => one === code);
  return known === undefined ? message : t(`waves.error_${known}`);
}

/** The same refusals, in the language of the page. */
export function allInWords(refusals: readonly Refusal[]): Refusal[] {
  return refusals.map((refusal) => ({ ...refusal, message: inWords(refusal) }));
}
