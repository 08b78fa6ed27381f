import { axisFor, y } from "~/parts/chart/scale.ts";
import type { Leading } from "~/parts/score/leading.ts";
import { shownRange, tick, written } from "~/parts/score/units.ts";
import { stageName } from "~/parts/stages.ts";
import { list } from "~/words/format.ts";
import { t } from "~/words/words.ts";
import type { Stage } from "./finding.ts";

const HEIGHT = 210;
/** The least that the axis shows. */
const LEAST = { nps: 40, csat: 0.2, ces: 1 } as const;

/** Scores from stage to stage with their ranges; few answers are an open ring that no line joins. */
export function Curve({ stages, lead, unit }: Leading & { stages: Stage[] }) {
  const points = stages.flatMap(({ key, score: { value, interval, status } }, at) =>
    key === null || value === null || interval === null
      ? []
      : [{ key, value, interval, isLow: status === "LOW_BASE", at }],
  );
  const axis = axisFor(
    points.flatMap(({ interval: { low, high } }) => [low, high]),
    LEAST[lead],
    shownRange(unit, lead),
  );
  const x = (at: number) => ((at + 0.5) / stages.length) * 100;
  const joined = points.filter(({ isLow }) => !isLow);
  const said = list(points.map(({ key, value }) => `${stageName(key)} ${written(unit, value)}`));
  return (
    <div class="curve cx">
      <svg
        class="fluid"
        height={HEIGHT}
        role="img"
        aria-label={t("journey.curve", { name: t(`score.${lead}`), said })}
      >
        {axis.ticks.map((at) => (
          <g key={at}>
            <line class="base" x1="0" x2="100%" y1={`${y(at, axis)}%`} y2={`${y(at, axis)}%`} />
            <text x="4" y={`${y(at, axis)}%`} dy="-5">
              {tick(unit, at)}
            </text>
          </g>
        ))}
        {points.map(({ key, interval, at }) => (
          <rect
            key={key}
            class="iv"
            x={`${x(at)}%`}
            y={`${y(interval.high, axis)}%`}
            width="10"
            height={`${y(interval.low, axis) - y(interval.high, axis)}%`}
            rx="2"
            transform="translate(-5 0)"
          />
        ))}
        <svg
          viewBox="0 0 100 100"
          preserveAspectRatio="none"
          width="100%"
          height="100%"
          aria-hidden="true"
        >
          <polyline
            class="ln"
            points={joined.map(({ value, at }) => `${x(at)},${y(value, axis)}`).join(" ")}
          />
        </svg>
        {points.map(({ key, value, isLow, at }) => (
          <g key={key}>
            <circle
              class={isLow ? "ring" : "dot"}
              cx={`${x(at)}%`}
              cy={`${y(value, axis)}%`}
              r="4.5"
            />
            <text
              class="strong halo"
              x={`${x(at)}%`}
              y={`${y(value, axis)}%`}
              dx="12"
              dy={besideLine(value, isLow ? undefined : joined.find((next) => next.at > at))}
            >
              {written(unit, value)}
            </text>
          </g>
        ))}
      </svg>
    </div>
  );
}

/** How far down a number is moved: the line to the next point does not cross it. */
function besideLine(value: number, next: { value: number } | undefined): number {
  if (next === undefined) return 4;
  return next.value <= value ? -8 : 18;
}
