import { useState } from "preact/hooks";
import type { MetricUnit } from "~/api/types.generated.ts";
import { fromTo, shownRange, tick, written } from "~/parts/score/units.ts";
import { month } from "~/words/format.ts";
import { t } from "~/words/words.ts";
import { Line, Points } from "./Line.tsx";
import { lastDay, type Placed, type Point, withValue } from "./points.ts";
import { type Axis, axisFor, inner, x, y } from "./scale.ts";

interface Props {
  points: readonly Point[];
  unit: MetricUnit;
  metricKey: string;
  side: "cx" | "ex";
  height: number;
  /** The finding with its key values, for those who hear the page. */
  label: string;
  /** Months are written under the last panel alone. */
  hasMonths?: boolean;
  /** The months that the panels above show, where the points are waves: each stands at its day. */
  among?: readonly Point[] | undefined;
}

/** A chart lower than this has room for few ticks, px. */
const LOW = 150;
const LEAST: Record<MetricUnit, number> = {
  POINTS: 30,
  SHARE: 0.2,
  PER_YEAR: 0.2,
  SCALE: 1,
  MONEY: 1,
  COUNT: 1,
};

/** A score by month with its likely range. Arrow keys read the points one by one. */
export function Trend({
  points,
  unit,
  metricKey,
  side,
  height,
  label,
  hasMonths = false,
  among,
}: Props) {
  const placed = withValue(points);
  const count = (among ?? points).length;
  const [read, setRead] = useState<Placed>();
  const limits = unit === "PER_YEAR" ? { low: 0, high: 20 } : shownRange(unit, metricKey);
  const spans = placed.flatMap(({ value, interval }) =>
    unit === "PER_YEAR"
      ? [value, Math.min(interval.high, value * 3 + 0.2)]
      : [interval.low, interval.high],
  );
  const axis = axisFor(spans, LEAST[unit], limits, height < LOW ? 3 : 5);
  const last = placed.at(-1);
  const onKeyDown = (event: KeyboardEvent) => {
    const by = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (by === 0 || placed.length === 0) return;
    event.preventDefault();
    const at = read === undefined ? (by > 0 ? 0 : placed.length - 1) : placed.indexOf(read) + by;
    setRead(placed[Math.min(Math.max(at, 0), placed.length - 1)]);
  };
  const Shape = side === "cx" ? Line : Points;
  const across = side === "cx" ? x : inner;
  return (
    <div class={`plot ${side}`}>
      <svg
        class="fluid"
        height={height}
        role="img"
        aria-label={label}
        // lower case: in SVG no other name gives a tab stop; arrow keys read its points
        tabindex={0}
        onKeyDown={onKeyDown}
      >
        <Grid axis={axis} unit={unit} />
        <Shape
          placed={clamped(placed, axis)}
          count={count}
          axis={axis}
          isJoined={among !== undefined}
        />
        {last !== undefined && side === "cx" && (
          <circle class="dot" cx={`${x(last.at, count)}%`} cy={`${y(last.value, axis)}%`} r="4" />
        )}
        {last !== undefined && (
          <text class="c" x="100%" dx="9" dy="4" y={`${y(last.value, axis)}%`}>
            {written(unit, last.value)}
          </text>
        )}
        {read !== undefined && (
          <circle
            class="ring"
            cx={`${across(read.at, count)}%`}
            cy={`${y(read.value, axis)}%`}
            r="6"
          />
        )}
        {hasMonths && <Months points={among ?? points} across={across} />}
      </svg>
      <p class="vh" role="status">
        {read &&
          t("chart.point", {
            when: month(lastDay(read.point), { year: true }),
            value: written(unit, read.value),
            range: fromTo(unit, read.interval),
          })}
      </p>
    </div>
  );
}

/** What is outside the axis ends at its edge. */
function clamped(placed: Placed[], axis: Axis): Placed[] {
  const inside = (value: number) => Math.min(Math.max(value, axis.low), axis.high);
  return placed.map((one) => ({
    ...one,
    interval: { low: inside(one.interval.low), high: inside(one.interval.high) },
  }));
}

function Grid({ axis, unit }: { axis: Axis; unit: MetricUnit }) {
  return (
    <>
      {axis.ticks.map((value) => (
        <g key={value}>
          <line
            class={value === 0 ? "zero" : "base"}
            x1="0"
            x2="100%"
            y1={`${y(value, axis)}%`}
            y2={`${y(value, axis)}%`}
          />
          <text x="-8" dy="4" text-anchor="end" y={`${y(value, axis)}%`}>
            {tick(unit, value)}
          </text>
        </g>
      ))}
    </>
  );
}

interface MonthsProps {
  points: readonly Point[];
  across: typeof x;
}

function Months({ points, across }: MonthsProps) {
  const every = Math.ceil(points.length / 6);
  return (
    <>
      {points.map(({ from }, at) =>
        (points.length - 1 - at) % every === 0 ? (
          <text
            key={from}
            x={`${across(at, points.length)}%`}
            y="100%"
            dy="20"
            text-anchor="middle"
          >
            {month(from, { short: true })}
          </text>
        ) : null,
      )}
    </>
  );
}

/** The small trend beside a lead score; what it says is said by the trend below. */
export function Spark({
  points,
  unit,
  metricKey,
  side,
  isByWave = false,
}: Pick<Props, "points" | "unit" | "metricKey" | "side"> & { isByWave?: boolean }) {
  const placed = withValue(points);
  if (placed.length < 2) return null;
  const limits = unit === "PER_YEAR" ? { low: 0, high: 20 } : shownRange(unit, metricKey);
  const axis = axisFor(
    placed.map(({ value }) => value),
    LEAST[unit],
    limits,
  );
  const Shape = side === "cx" ? Line : Points;
  const last = placed.at(-1);
  return (
    <svg class="spark fluid" aria-hidden="true">
      <Shape placed={clamped(placed, axis)} count={points.length} axis={axis} isJoined={isByWave} />
      {last !== undefined && side === "cx" && (
        <circle
          class="dot"
          cx={`${x(last.at, points.length)}%`}
          cy={`${y(last.value, axis)}%`}
          r="4"
        />
      )}
    </svg>
  );
}
