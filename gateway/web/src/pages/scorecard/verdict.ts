// The sentences at the top of the page: clear changes only, customers then staff; what to look at after it.

import { isBetter } from "~/parts/score/Change.tsx";
import type { MeasureFragment } from "~/parts/score/measure.generated.ts";

export type CustomerVerdict =
  | "happier"
  | "unhappier"
  | "mixed"
  | "same"
  | "unjudged"
  | "tooFew"
  | "none";
export type StaffVerdict = "fewerLeave" | "moreLeave" | "same" | "unjudged" | "none";

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
  if (clear.length === 0) return "same";
  if (better === clear.length) return "happier";
  return better === 0 ? "unhappier" : "mixed";
}

/** Whether more people leave than before. */
export function staffStay(turnover: Measure): StaffVerdict {
  if (turnover == null || turnover.value === null) return "none";
  if (turnover.change === null) return "unjudged";
  if (turnover.change.verdict !== "CLEAR") return "same";
  return turnover.change.delta > 0 ? "moreLeave" : "fewerLeave";
}

/** What to look at: clear worsenings, then weak ones, the strongest first, two at most. */
export function lookAt(measures: Measure[]): MeasureFragment[] {
  const worse = measures.filter(
    (one): one is MeasureFragment =>
      one?.change != null && one.change.verdict !== "NONE" && !isBetter(one.change, one.metric),
  );
  return worse.sort((one, other) => strength(one) - strength(other)).slice(0, 2);
}

function strength({ change }: MeasureFragment): number {
  return change?.verdict === "CLEAR" ? 0 : 1;
}
