import type { ScoreStatus } from "~/api/types.generated.ts";
import type { Span } from "~/parts/score/units.ts";

/** One interval of a trend, as the API has it. */
export interface Point {
  from: string;
  to: string;
  value: number | null;
  base: number | null;
  interval: Span | null;
  status: ScoreStatus;
}

export interface Placed {
  at: number;
  point: Point;
  value: number;
  interval: Span;
}

/** The points that have a value, with their place in the row. */
export function withValue(points: readonly Point[]): Placed[] {
  return points.flatMap((point, at) =>
    point.value === null || point.interval === null
      ? []
      : [{ at, point, value: point.value, interval: point.interval }],
  );
}

/** Runs of points next to each other: a line is not drawn over a gap. */
export function runs(placed: readonly Placed[]): Placed[][] {
  const found: Placed[][] = [];
  for (const one of placed) {
    const last = found.at(-1);
    if (last?.at(-1)?.at === one.at - 1) last?.push(one);
    else found.push([one]);
  }
  return found;
}
