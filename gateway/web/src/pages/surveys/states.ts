import type { SurveyState } from "./queries.generated.ts";

/** What a survey may become, the likeliest first; the API decides. */
export const NEXT: Record<SurveyState, readonly SurveyState[]> = {
  DRAFT: ["LIVE", "SCHEDULED", "ARCHIVED"],
  SCHEDULED: ["LIVE", "SCHEDULED", "DRAFT", "ARCHIVED"],
  LIVE: ["PAUSED", "LIVE", "CLOSED"],
  PAUSED: ["LIVE", "CLOSED"],
  CLOSED: ["LIVE", "ARCHIVED"],
  ARCHIVED: [],
};

export const STATES = Object.keys(NEXT) as SurveyState[];

/** Whether its questions may change freely: nobody can have answered. */
export function isUnopened(state: SurveyState): boolean {
  return state === "DRAFT" || state === "SCHEDULED";
}

export function isEditable(state: SurveyState): boolean {
  return state !== "CLOSED" && state !== "ARCHIVED";
}
