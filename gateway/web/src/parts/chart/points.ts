import type { ScoreStatus } from "~/api/types.generated.ts";
import type { Span } from "~/parts/score/units.ts";
import { addDays, daysBetween } from "~/place/days.ts";

/** One interval of a trend, as the API has it. */
export interface Point {
  from: string;
  to: string;
  value: number | null;
  base: number | null;
  interval: Span | null;
  status: ScoreStatus;
  /** Its place in the row, where it is not that of its number: a wave stands at its day among months. */
  at?: number;
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
      : [{ at: point.at ?? at, point, value: point.value, interval: point.interval }],
  );
}

/** The last day of a point. */
export function lastDay({ to }: Point): string {
  return addDays(to, -1);
}

/** Waves placed among months, each at its last day; months stand at their middle. */
export function amongMonths(waves: readonly Point[], months: readonly Point[]): Point[] {
  return waves.flatMap((wave) => {
    const day = lastDay(wave);
    const month = months.findIndex(({ from, to }) => from <= day && day < to);
    const found = months[month];
    if (found === undefined) return [];
    const share = daysBetween(found.from, day) / daysBetween(found.from, found.to);
    return [{ ...wave, at: Math.min(Math.max(month - 0.5 + share, 0), months.length - 1) }];
  });
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
