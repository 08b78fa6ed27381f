import { useState } from "preact/hooks";
import type { MetricUnit } from "~/api/types.generated.ts";
import { type Axis, axisFor, y } from "~/parts/chart/scale.ts";
import type { Leading } from "~/parts/score/leading.ts";
import { type Span, shownRange, tick } from "~/parts/score/units.ts";
import { t } from "~/words/words.ts";
import { cellsOf, type LinkedPoint, STAFF, type StaffKey } from "./linkSays.ts";

const LEAST: Record<MetricUnit, number> = {
  POINTS: 30,
  SHARE: 0.2,
  PER_YEAR: 0.2,
  SCALE: 1,
  MONEY: 1,
  COUNT: 1,
};
const HEIGHT = 300;

interface Props extends Leading {
  points: LinkedPoint[];
  staff: StaffKey;
  /** The finding, for those who hear the page. */
  label: string;
}

/** Departments by staff and by customers, the latest period dark. Arrow keys read the points from few to many. */
export function Scatter({ points, lead, unit, staff, label }: Props) {
  const [read, setRead] = useState<LinkedPoint>();
  const across = axisOf(points, ({ staff }) => staff, STAFF[staff], staff);
  const up = axisOf(points, ({ customers }) => customers, unit, lead);
  const latest = points[0]?.from;
  const place = (point: LinkedPoint) => ({
    x: 100 - y(point.staff, across),
    y: y(point.customers, up),
  });
  const path = (some: LinkedPoint[]) =>
    some
      .map(place)
      .map(({ x, y }) => `M${x},${y}h0`)
      .join("");
  const ordered = [...points].sort((one, other) => one.staff - other.staff);
  const onKeyDown = (event: KeyboardEvent) => {
    const by = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (by === 0) return;
    event.preventDefault();
    const at = read === undefined ? (by > 0 ? 0 : ordered.length - 1) : ordered.indexOf(read) + by;
    setRead(ordered[Math.min(Math.max(at, 0), ordered.length - 1)]);
  };
  const shown = read && place(read);
  return (
    <>
      <p class="axis-y">{t(`score.${lead}`)}</p>
      <div class="plot tall cx">
        <svg
          class="fluid"
          height={HEIGHT}
          role="img"
          aria-label={label}
          // lower case: in SVG no other name gives a tab stop; arrow keys read its points
          tabindex={0}
          onKeyDown={onKeyDown}
        >
          <Ticks across={across} up={up} unit={unit} staff={staff} />
          <svg
            viewBox="0 0 100 100"
            preserveAspectRatio="none"
            width="100%"
            height="100%"
            aria-hidden="true"
          >
            <path class="dots before" d={path(points.filter(({ from }) => from !== latest))} />
            <path class="dots" d={path(points.filter(({ from }) => from === latest))} />
          </svg>
          {shown && <circle class="ring" cx={`${shown.x}%`} cy={`${shown.y}%`} r="6" />}
        </svg>
        <p class="vh" role="status">
          {read && cellsOf(read, unit, staff).join(", ")}
        </p>
      </div>
      <p class="axis-x">{t(`score.${staff}`)}</p>
    </>
  );
}

function axisOf(
  points: LinkedPoint[],
  value: (point: LinkedPoint) => number,
  unit: MetricUnit,
  key: string,
): Axis {
  const limits: Span = unit === "PER_YEAR" ? { low: 0, high: 20 } : shownRange(unit, key);
  return axisFor(points.map(value), LEAST[unit], limits);
}

interface TicksProps {
  across: Axis;
  up: Axis;
  unit: MetricUnit;
  staff: StaffKey;
}

function Ticks({ across, up, unit, staff }: TicksProps) {
  return (
    <>
      {up.ticks.map((value) => (
        <g key={value}>
          <line
            class={value === 0 ? "zero" : "base"}
            x1="0"
            x2="100%"
            y1={`${y(value, up)}%`}
            y2={`${y(value, up)}%`}
          />
          <text x="-8" dy="4" text-anchor="end" y={`${y(value, up)}%`}>
            {tick(unit, value)}
          </text>
        </g>
      ))}
      {across.ticks.map((value) => (
        <text key={value} x={`${100 - y(value, across)}%`} y="100%" dy="20" text-anchor="middle">
          {tick(STAFF[staff], value)}
        </text>
      ))}
    </>
  );
}
