import type { ScoreFilter } from "~/api/types.generated.ts";

/** Which number: its metric, and of which answers. All of it stands in the address. */
export interface Behind {
  metric: string;
  filter: { touchpoint?: string; stage?: string };
}

export function behindOf(query: Record<string, string>): Behind {
  const { metric, touchpoint, stage } = query;
  return {
    metric: metric || "nps",
    filter: { ...(touchpoint && { touchpoint }), ...(stage && { stage }) },
  };
}

/** The same for the API; nothing chosen is null. */
export function scoreFilter({ filter }: Behind): ScoreFilter | null {
  return Object.keys(filter).length === 0 ? null : filter;
}
