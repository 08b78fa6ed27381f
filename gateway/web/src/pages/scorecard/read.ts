import { addMonths, type Period } from "~/place/days.ts";
import type { Place } from "~/place/place.ts";

/** What every query of the page takes. */
export function variablesOf({ department, period, tree, includeSubtree }: Place) {
  return { key: department, period, tree, below: includeSubtree };
}

/** Twelve months that end with the period, for trends. */
export function yearUpTo({ to }: Period): Period {
  const last = to.endsWith("-01") ? to : addMonths(`${to.slice(0, 8)}01`, 1);
  return { from: addMonths(last, -12), to: last };
}
