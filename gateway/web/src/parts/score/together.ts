// What can be said of several numbers that are looked at together: the more of them, the more stand out by chance alone.

import type { ChangeVerdict } from "~/api/types.generated.ts";

const CLEAR = 0.05;
const WEAK = 0.2;

/**
 * p-values of tests looked at together, adjusted; 0 to 1, in their order.
 * Source: Y. Benjamini, Y. Hochberg, Journal of the Royal Statistical Society B 57 (1995).
 */
export function adjusted(pValues: readonly number[]): number[] {
  const count = pValues.length;
  const falling = pValues.map((p, at) => ({ p, at })).sort((one, other) => other.p - one.p);
  const found = new Array<number>(count).fill(1);
  let least = 1;
  for (const [place, { p, at }] of falling.entries()) {
    least = Math.min(least, (p * count) / (count - place));
    found[at] = least;
  }
  return found;
}

/** What an adjusted p-value says, as the API says it. */
export function verdictOf(adjustedPValue: number): ChangeVerdict {
  if (adjustedPValue < CLEAR) return "CLEAR";
  return adjustedPValue <= WEAK ? "WEAK" : "NONE";
}
