import { scaleLinear } from "d3-scale";
import type { Span } from "~/parts/score/units.ts";

export interface Axis extends Span {
  ticks: number[];
}

/** A round axis around all values, with about so many ticks; never narrower than `least`. */
export function axisFor(values: number[], least: number, limits?: Span, count = 5): Axis {
  let low = Math.min(...values);
  let high = Math.max(...values);
  if (values.length === 0) [low, high] = limits ? [limits.low, limits.high] : [0, least];
  const missing = least - (high - low);
  if (missing > 0) [low, high] = [low - missing / 2, high + missing / 2];
  if (limits !== undefined) {
    if (low < limits.low)
      [low, high] = [limits.low, Math.min(Math.max(high, limits.low + least), limits.high)];
    if (high > limits.high)
      [low, high] = [Math.max(Math.min(low, limits.high - least), limits.low), limits.high];
  }
  const scale = scaleLinear().domain([low, high]).nice(count);
  const [from = low, to = high] = scale.domain();
  return { low: from, high: to, ticks: scale.ticks(count) };
}

/** Per cent from the top of a plot. */
export function y(value: number, { low, high }: Span): number {
  return round(((high - value) / (high - low)) * 100);
}

/** Per cent from the left, of the `at`th of so many points. */
export function x(at: number, count: number): number {
  return count < 2 ? 50 : round((at / (count - 1)) * 100);
}

/** The same where the bar of a range stands at each point: it needs room at both ends. */
export function inner(at: number, count: number): number {
  return round(3 + x(at, count) * 0.94);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
