import type { Placed } from "./points.ts";
import { runs } from "./points.ts";
import { type Axis, inner, x, y } from "./scale.ts";

interface Props {
  placed: Placed[];
  count: number;
  axis: Axis;
  /** Whether all points are of one row, however far apart. */
  isJoined?: boolean;
}

/** A line with the likely range of each point as its band; broken where nothing was measured. */
export function Line({ placed, count, axis }: Props) {
  return (
    <svg
      viewBox="0 0 100 100"
      preserveAspectRatio="none"
      width="100%"
      height="100%"
      aria-hidden="true"
    >
      {runs(placed).map((run) => (
        <g key={run[0]?.at}>
          <polygon class="iv" points={band(run, count, axis)} />
          <polyline
            class="ln"
            points={run.map(({ at, value }) => `${x(at, count)},${y(value, axis)}`).join(" ")}
          />
        </g>
      ))}
    </svg>
  );
}

function band(run: Placed[], count: number, axis: Axis): string {
  const top = run.map(({ at, interval }) => `${x(at, count)},${y(interval.high, axis)}`);
  const bottom = run.map(({ at, interval }) => `${x(at, count)},${y(interval.low, axis)}`);
  return [...top, ...bottom.reverse()].join(" ");
}

/**
 * One point per wave or month, each with its own range; dots between, for nothing was measured there.
 * One path draws all ranges, another all points: a year of weeks costs no more elements than a quarter.
 */
export function Points({ placed, count, axis, isJoined = false }: Props) {
  const left = (at: number) => inner(at, count);
  return (
    <svg
      viewBox="0 0 100 100"
      preserveAspectRatio="none"
      width="100%"
      height="100%"
      aria-hidden="true"
    >
      <path
        class="ivs"
        d={placed
          .map(
            ({ at, interval }) => `M${left(at)},${y(interval.high, axis)}V${y(interval.low, axis)}`,
          )
          .join("")}
      />
      {(isJoined ? [placed] : runs(placed)).map((run) => (
        <polyline
          key={run[0]?.at}
          class="ln dash"
          points={run.map(({ at, value }) => `${left(at)},${y(value, axis)}`).join(" ")}
        />
      ))}
      <path
        class="dots"
        d={placed.map(({ at, value }) => `M${left(at)},${y(value, axis)}h0`).join("")}
      />
    </svg>
  );
}
