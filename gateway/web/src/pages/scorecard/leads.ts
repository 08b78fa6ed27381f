import { addressOf, type Place } from "~/place/place.ts";

/** Where a part leads: a department to its scorecard, others to what was said there. */
export const LEADS_TO = {
  CHILD_DEPARTMENT: (place: Place, department: string) =>
    addressOf("/departments", { ...place, department }),
  TOUCHPOINT: (place: Place, touchpoint: string) => addressOf("/comments", place, { touchpoint }),
  STAGE: (place: Place, stage: string) => addressOf("/comments", place, { stage }),
  CHANNEL: (place: Place, channel: string) => addressOf("/comments", place, { channel }),
  LANGUAGE: (place: Place, language: string) => addressOf("/comments", place, { language }),
};
