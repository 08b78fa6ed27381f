// Values of metrics as people read them. Every value comes in its metric's unit.

import type { MetricUnit } from "~/api/types.generated.ts";
import { number, percent, signed } from "~/words/format.ts";
import { t } from "~/words/words.ts";

export interface Span {
  low: number;
  high: number;
}

/** What is drawn of a metric: the same in all departments, so that strips can be compared. */
const SHOWN: Record<MetricUnit, Span> = {
  POINTS: { low: -100, high: 100 },
  SHARE: { low: 0, high: 1 },
  PER_YEAR: { low: 0, high: 1 },
  SCALE: { low: 1, high: 7 },
  MONEY: { low: 0, high: 1e12 },
  COUNT: { low: 0, high: 1e12 },
};

/** Of metrics whose scale is not that of their unit. */
const OWN_SHOWN: Record<string, Span | undefined> = {
  ces1: { low: 1, high: 5 },
  burnout: { low: 0, high: 100 },
};

/** Decimals of a value, after percent is taken. */
const DECIMALS: Record<MetricUnit, number> = {
  POINTS: 0,
  SHARE: 0,
  PER_YEAR: 1,
  SCALE: 1,
  MONEY: 2,
  COUNT: 0,
};

/** Units whose values are written as plain numbers. */
const PLAIN: readonly MetricUnit[] = ["SCALE", "MONEY", "COUNT"];

/** Scales of kinds of questions that are the same in every survey. */
const SCALES: Record<string, Span | undefined> = {
  NPS: { low: 0, high: 10 },
  CSAT: { low: 1, high: 5 },
  CES: SHOWN.SCALE,
  CES1: { low: 1, high: 5 },
};

/** The range of the strip of an organisation's own metric, of what kind of question it reads; undefined where the scale is not known. */
export function ownRange(unit: MetricUnit, kind: string | null | undefined): Span | undefined {
  if (unit !== "SCALE") return SHOWN[unit];
  return kind == null ? undefined : SCALES[kind];
}

/** The fixed range of the strip of a metric of the product; some end elsewhere than others of their unit. */
export function shownRange(unit: MetricUnit, key = ""): Span {
  return OWN_SHOWN[key] ?? SHOWN[unit];
}

/** +35, 83 %, 5.4, 15.9 %, 1,036,680.00, 2,133. */
export function written(unit: MetricUnit, value: number): string {
  if (unit === "POINTS") return signed(value);
  if (PLAIN.includes(unit)) return number(value, DECIMALS[unit]);
  return percent(value, DECIMALS[unit]);
}

/** Of the scale of a chart: without decimals that say nothing. */
export function tick(unit: MetricUnit, value: number): string {
  if (unit === "POINTS") return signed(value);
  if (PLAIN.includes(unit)) return number(value, Number.isInteger(value) ? 0 : 1);
  return percent(value, Number.isInteger(Math.round(value * 1e6) / 1e4) ? 0 : 1);
}

/** likely +31 to +38 */
export function likely(unit: MetricUnit, { low, high }: Span): string {
  return t("score.likely", { low: written(unit, low), high: written(unit, high) });
}

/** The same for a number whose base is low: could be −5 to +64. */
export function couldBe(unit: MetricUnit, { low, high }: Span): string {
  return t("score.couldBe", { low: written(unit, low), high: written(unit, high) });
}

/** 81 to 85 % */
export function fromTo(unit: MetricUnit, { low, high }: Span): string {
  return t("score.fromTo", { low: written(unit, low), high: written(unit, high) });
}

/** How much a value changed, without its direction: 7 points, 0.9 points, 0.3. */
export function amount(unit: MetricUnit, delta: number): string {
  return withUnit(unit, delta, number(Math.abs(changeOf(unit, delta)), DECIMALS[unit]));
}

/** A change with its sign: +2, −5. */
export function signedAmount(unit: MetricUnit, delta: number): string {
  return signed(changeOf(unit, delta), DECIMALS[unit]);
}

/** The same with its unit: +2 points, −0.3. */
export function signedWithUnit(unit: MetricUnit, delta: number): string {
  return withUnit(unit, delta, signedAmount(unit, delta));
}

/** Two parts of a change, as they are written: rounded so that they add up to it, the one that loses least by it moved. */
export function addingUp(unit: MetricUnit, delta: number, parts: [number, number]): string[] {
  const scale = 10 ** DECIMALS[unit];
  const steps = (value: number) => changeOf(unit, value) * scale;
  const exact = parts.map(steps);
  const rounded = exact.map(Math.round);
  const off = Math.round(steps(delta)) - rounded.reduce((sum, each) => sum + each, 0);
  const losses = exact.map((each, at) => Math.abs(each - (rounded[at] ?? 0) - off));
  const moved = losses.indexOf(Math.min(...losses));
  return rounded.map((each, at) =>
    signed((each + (at === moved ? off : 0)) / scale, DECIMALS[unit]),
  );
}

/** Shares change by points of a hundred. */
function changeOf(unit: MetricUnit, delta: number): number {
  return unit === "SHARE" || unit === "PER_YEAR" ? delta * 100 : delta;
}

function withUnit(unit: MetricUnit, delta: number, shown: string): string {
  if (PLAIN.includes(unit)) return shown;
  const count = Number(Math.abs(changeOf(unit, delta)).toFixed(DECIMALS[unit]));
  return t("score.points", { count, shown });
}
