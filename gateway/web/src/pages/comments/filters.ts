import { useLocation } from "preact-iso";
import type { VerbatimFilter } from "~/api/types.generated.ts";
import type { LeadKey } from "~/parts/score/leading.ts";
import { t } from "~/words/words.ts";

export const GROUPS = ["unhappy", "passive", "happy"] as const;
export type Group = (typeof GROUPS)[number];

type Bounds = Record<Group, { low: number; high: number }>;

/** Answers that make a group, by the measure that leads: as NPS counts them, and to both sides of the middle. */
const BOUNDS: Record<LeadKey, Bounds> = {
  nps: {
    unhappy: { low: 0, high: 6 },
    passive: { low: 7, high: 8 },
    happy: { low: 9, high: 10 },
  },
  csat: {
    unhappy: { low: 1, high: 2 },
    passive: { low: 3, high: 3 },
    happy: { low: 4, high: 5 },
  },
  ces: {
    unhappy: { low: 1, high: 3 },
    passive: { low: 4, high: 4 },
    happy: { low: 5, high: 7 },
  },
};
const KINDS = { nps: "NPS", csat: "CSAT", ces: "CES" } as const;

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
export function verbatimFilter(
  { score, ...cuts }: Filters,
  lead: LeadKey,
  search = "",
): VerbatimFilter {
  return {
    ...cuts,
    ...(score && { score: { kind: KINDS[lead], ...BOUNDS[lead][score] } }),
    ...(search.trim() && { search: search.trim() }),
  };
}

/** A group by its name and the answers that make it. */
export function nameOf(group: Group, lead: LeadKey): string {
  const { low, high } = BOUNDS[lead][group];
  if (low === high) return t("comments.group_middle", { answer: low });
  return t(`comments.group_${group}`, { low, high });
}

/** Which answers are those of the unhappy: the lowest and the highest of them, and the best there is. */
export function unhappyOf(lead: LeadKey): { low: number; high: number; top: number } {
  return { ...BOUNDS[lead].unhappy, top: BOUNDS[lead].happy.high };
}
