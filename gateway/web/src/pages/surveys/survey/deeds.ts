import type { SurveyState } from "../queries.generated.ts";

const DEEDS = {
  LIVE: "open",
  SCHEDULED: "schedule",
  DRAFT: "unschedule",
  PAUSED: "pause",
  CLOSED: "close",
  ARCHIVED: "archive",
} as const;

export type Deed = (typeof DEEDS)[SurveyState] | "reopen" | "end" | "reschedule";

/** What bringing a survey from one state into another is called. */
export function deedOf(from: SurveyState, to: SurveyState): Deed {
  if (from === "LIVE" && to === "LIVE") return "end";
  if (from === "SCHEDULED" && to === "SCHEDULED") return "reschedule";
  if (to === "LIVE" && (from === "PAUSED" || from === "CLOSED")) return "reopen";
  return DEEDS[to];
}

/** Which times a state takes. */
export function timesOf(to: SurveyState): { opens: boolean; closes: boolean } {
  return { opens: to === "SCHEDULED", closes: to === "SCHEDULED" || to === "LIVE" };
}
