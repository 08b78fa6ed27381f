// How a part differs from the rest of the whole it belongs to: the whole itself holds the part, so it is no measure of it.

import type { ChangeVerdict } from "~/api/types.generated.ts";
import { adjusted, twoSided, verdictOf } from "~/parts/score/together.ts";

/** Answers to whether people would recommend us: 9 and 10, 0 to 6, all. */
export interface Counts {
  promoters: number;
  detractors: number;
  base: number;
}

/** A part beside the rest. */
export interface BesideRest {
  /** NPS of the rest, in points. */
  rest: number;
  /** This part less the rest, in points. */
  delta: number;
  verdict: ChangeVerdict;
}

/** Below this base nothing is ranked. */
const ENOUGH = 30;
/** Half of the adjustment of NPS intervals, to either end of each sample: B. Rocks, The American Statistician 70 (2016). */
const ADDED = 0.375;

export function countsOf(buckets: readonly { label: string; count: number }[]): Counts {
  const counts = { promoters: 0, detractors: 0, base: 0 };
  for (const { label, count } of buckets) {
    counts.base += count;
    if (Number(label) >= 9) counts.promoters += count;
    if (Number(label) <= 6) counts.detractors += count;
  }
  return counts;
}

/** NPS in points, -100 to 100. */
export function npsOf({ promoters, detractors, base }: Counts): number {
  return (100 * (promoters - detractors)) / base;
}

/** Two-sided p-value of the difference of two NPS of different answers. */
export function pValueOf(one: Counts, other: Counts): number {
  const [first, second] = [adjustedNet(one), adjustedNet(other)];
  return twoSided((first.net - second.net) / Math.sqrt(first.variance + second.variance));
}

function adjustedNet({ promoters, detractors, base }: Counts) {
  const total = base + 4 * ADDED;
  const [up, down] = [(promoters + ADDED) / total, (detractors + ADDED) / total];
  return { net: up - down, variance: (up + down - (up - down) ** 2) / total };
}

/** Every part that can be judged beside the rest, judged together with the others: of many some stand apart by chance. */
export function besideRest(parts: ReadonlyMap<string, Counts>, whole: Counts) {
  const pairs = [...parts].flatMap(([key, part]) => {
    const rest = {
      promoters: whole.promoters - part.promoters,
      detractors: whole.detractors - part.detractors,
      base: whole.base - part.base,
    };
    return part.base >= ENOUGH && rest.base >= ENOUGH ? [{ key, part, rest }] : [];
  });
  const judged = adjusted(pairs.map(({ part, rest }) => pValueOf(part, rest)));
  return new Map<string, BesideRest>(
    pairs.map(({ key, part, rest }, at) => [
      key,
      {
        rest: npsOf(rest),
        delta: npsOf(part) - npsOf(rest),
        verdict: verdictOf(judged[at] ?? 1),
      },
    ]),
  );
}
