import { useLocation } from "preact-iso";
import type { VerbatimFilter } from "~/api/types.generated.ts";

export const GROUPS = ["unhappy", "passive", "happy"] as const;
export type Group = (typeof GROUPS)[number];

/** Answers to "would you recommend us" that make a group, as NPS counts them. */
const BOUNDS: Record<Group, { low: number; high: number }> = {
  unhappy: { low: 0, high: 6 },
  passive: { low: 7, high: 8 },
  happy: { low: 9, high: 10 },
};

export const CUTS = ["touchpoint", "stage", "channel", "language", "survey"] as const;
export type Cut = (typeof CUTS)[number];

/** Which comments, as the address says it. What is searched for never stands there. */
export type Filters = Partial<Record<Cut, string>> & { score?: Group };

export function useFilters(): Filters {
  return filtersOf(useLocation().query);
}

export function filtersOf(query: Record<string, string>): Filters {
  const filters: Filters = {};
  for (const cut of CUTS) {
    const value = query[cut];
    if (value) filters[cut] = value;
  }
  const group = GROUPS.find((known) => known === query["score"]);
  if (group !== undefined) filters.score = group;
  return filters;
}

/** The same for the API, with what is searched for. */
export function verbatimFilter({ score, ...cuts }: Filters, search = ""): VerbatimFilter {
  return {
    ...cuts,
    ...(score && { score: { kind: "NPS", ...BOUNDS[score] } }),
    ...(search.trim() && { search: search.trim() }),
  };
}

/** A group as the answers that make it. */
export function boundsOf(group: Group): { low: number; high: number } {
  return BOUNDS[group];
}
