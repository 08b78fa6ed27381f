import type { MetricUnit } from "~/api/types.generated.ts";
/** Keys of the measures of customers that can be the first, in their order. */
export type LeadKey = "nps" | "csat" | "ces";

/** What is shown of customers: the measure that leads, and its unit. */
export interface Leading {
  lead: LeadKey;
  unit: MetricUnit;
}

/** The first measure of customers that was answered, and the others; whether they would recommend where none was. */
export function leadingOf<Score extends { base: number | null }>({
  nps,
  csat,
  ces,
}: Record<LeadKey, Score | null>): {
  key: LeadKey;
  lead: Score | undefined;
  others: Score[];
} {
  const kept = Object.entries({ nps, csat, ces }).flatMap(([key, score]) =>
    score == null ? [] : [{ key: key as LeadKey, score }],
  );
  const first = kept.find(({ score }) => (score.base ?? 0) > 0) ?? kept[0];
  return {
    key: first?.key ?? "nps",
    lead: first?.score,
    others: kept.filter((one) => one !== first).map(({ score }) => score),
  };
}
