// What can be said of several numbers that are looked at together: the more of them, the more stand out by chance alone.

import type { ChangeVerdict } from "~/api/types.generated.ts";
import type { Span } from "./units.ts";

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

/** A likely range (95 %), as wide as it must be to hold for all of so many numbers at once (Bonferroni). */
export function widened({ low, high }: Span, value: number, count: number): Span {
  const factor = quantile(0.025 / Math.max(count, 1)) / quantile(0.025);
  return { low: value - (value - low) * factor, high: value + (high - value) * factor };
}

/**
 * How many standard errors cut off a tail of the normal distribution, 0 to 0.5.
 * Source: M. Abramowitz, I. Stegun, Handbook of Mathematical Functions, 26.2.23; wrong by less than 0.0005.
 */
function quantile(tail: number): number {
  const t = Math.sqrt(-2 * Math.log(tail));
  const above = 2.515517 + t * (0.802853 + t * 0.010328);
  return t - above / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
}
