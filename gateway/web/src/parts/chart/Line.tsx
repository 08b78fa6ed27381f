import type { Placed } from "./points.ts";
import { runs } from "./points.ts";
import { type Axis, inner, x, y } from "./scale.ts";

interface Props {
  placed: Placed[];
  count: number;
  axis: Axis;
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

/** One point per wave or month, each with its own range; dots between, for nothing was measured there. */
export function Points({ placed, count, axis }: Props) {
  return (
    <>
      {placed.map(({ at, value, interval }) => {
        const left = `${inner(at, count)}%`;
        const [top, bottom] = [y(interval.high, axis), y(interval.low, axis)];
        return (
          <g key={at}>
            <rect
              class="iv"
              x={left}
              y={`${top}%`}
              width="10"
              height={`${bottom - top}%`}
              rx="2"
              transform="translate(-5 0)"
            />
            <circle class="dot" cx={left} cy={`${y(value, axis)}%`} r="3.5" />
          </g>
        );
      })}
      <svg
        viewBox="0 0 100 100"
        preserveAspectRatio="none"
        width="100%"
        height="100%"
        aria-hidden="true"
      >
        {runs(placed).map((run) => (
          <polyline
            key={run[0]?.at}
            class="ln dash"
            points={run.map(({ at, value }) => `${inner(at, count)},${y(value, axis)}`).join(" ")}
          />
        ))}
      </svg>
    </>
  );
}
