// The sentences at the top of the page: clear changes only, customers then staff; what to look at after it.

import { isBetter } from "~/parts/score/Change.tsx";
import type { MeasureFragment } from "~/parts/score/measure.generated.ts";

export type CustomerVerdict =
  | "happier"
  | "unhappier"
  | "mixed"
  | "same"
  | "unclear"
  | "unjudged"
  | "tooFew"
  | "none";
export type StaffVerdict =
  | "fewerLeave"
  | "moreLeave"
  | "same"
  | "unclear"
  | "unjudged"
  | "tooFew"
  | "counting"
  | "none";

type Measure = MeasureFragment | null | undefined;

/** How customers feel, of all their measures that were compared. */
export function customersFeel(measures: Measure[]): CustomerVerdict {
  const there = measures.filter((one): one is MeasureFragment => one != null && one.value !== null);
  if (there.length === 0)
    return measures.some((one) => one?.status === "INSUFFICIENT_BASE") ? "tooFew" : "none";
  const compared = there.filter((one) => one.change !== null);
  if (compared.length === 0) return "unjudged";
  const clear = compared.filter((one) => one.change?.verdict === "CLEAR");
  const better = clear.filter((one) => one.change && isBetter(one.change, one.metric)).length;
  if (clear.length === 0) return compared.every(isAboutAsBefore) ? "same" : "unclear";
  if (better === clear.length) return "happier";
  return better === 0 ? "unhappier" : "mixed";
}

/** What of staff was asked in a wave and can be better or worse. */
export function staffMeasures(of: {
  enps?: Measure;
  engagement?: Measure;
  burnout?: Measure;
}): Measure[] {
  return [of.enps, of.engagement, of.burnout];
}

export type StaffFeel = "happier" | "unhappier" | "mixed" | "same";

/** How staff feel, by what they said in waves; undefined where that is not clear. */
export function staffFeel(measures: Measure[]): StaffFeel | undefined {
  const feel = customersFeel(measures);
  return feel === "happier" || feel === "unhappier" || feel === "mixed" || feel === "same"
    ? feel
    : undefined;
}

/** Whether more people leave than before. */
export function staffStay(turnover: Measure): StaffVerdict {
  if (turnover?.status === "INSUFFICIENT_BASE") return "tooFew";
  if (turnover?.status === "COUNTING") return "counting";
  if (turnover == null || turnover.value === null) return "none";
  if (turnover.change === null) return "unjudged";
  if (turnover.change.verdict !== "CLEAR") return isAboutAsBefore(turnover) ? "same" : "unclear";
  return turnover.change.delta > 0 ? "moreLeave" : "fewerLeave";
}

/** Whether it is small, wherever in its likely range it lies; what is not clear may still be large. */
function isAboutAsBefore({ change }: MeasureFragment): boolean {
  return change?.finding === "ABOUT_THE_SAME";
}

/** What has become worse, clearly or perhaps; all of it, for what is not named seems to be well. */
export function lookAt(measures: Measure[]): Record<"clear" | "weak", MeasureFragment[]> {
  const worse = measures.filter(
    (one): one is MeasureFragment => one?.change != null && !isBetter(one.change, one.metric),
  );
  return {
    clear: worse.filter(({ change }) => change?.verdict === "CLEAR"),
    weak: worse.filter(({ change }) => change?.verdict === "WEAK"),
  };
}
