import type { ScoreDimension } from "~/api/types.generated.ts";
import type { LeadKey } from "~/parts/score/leading.ts";
import { addMonths, type Period } from "~/place/days.ts";
import type { Place } from "~/place/place.ts";

/** What every query of the page takes. */
export function variablesOf({ department, period, tree, includeSubtree }: Place) {
  return { key: department, period, tree, below: includeSubtree };
}

/** The parts that the page shows at first: its departments with their staff, and its touchpoints. */
export function firstParts(place: Place, lead: LeadKey) {
  return { ...variablesOf(place), by: "CHILD_DEPARTMENT" as ScoreDimension, isFirst: true, lead };
}

/** Twelve months that end with the period, for trends. */
export function yearUpTo({ to }: Period): Period {
  const last = to.endsWith("-01") ? to : addMonths(`${to.slice(0, 8)}01`, 1);
  return { from: addMonths(last, -12), to: last };
}
