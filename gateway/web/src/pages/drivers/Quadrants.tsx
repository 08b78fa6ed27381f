import { y } from "~/parts/chart/scale.ts";
import { tick } from "~/parts/score/units.ts";
import { t } from "~/words/words.ts";
import { axesOf, type Driver, middleOf, type Placed } from "./found.ts";

const HEIGHT = 330;
const CORNERS = [
  { name: "FIX_FIRST", right: false, low: false },
  { name: "KEEP_UP", right: true, low: false },
  { name: "WATCH", right: false, low: true },
  { name: "LEAVE", right: true, low: true },
] as const;

interface Props {
  all: readonly Placed[];
  drivers: readonly Driver[];
  label: string;
}

/** Drivers by their number: up by weight, to the right by how many are satisfied, each with its likely ranges. */
export function Quadrants({ all, drivers, label }: Props) {
  const { across, up } = axesOf(all);
  const middle = middleOf(drivers);
  const left = (value: number) => `${100 - y(value, across)}%`;
  const top = (value: number) => `${y(value, up)}%`;
  return (
    <>
      <p class="axis-y">{t("drivers.axisUp")}</p>
      <div class="plot tall cx">
        <svg class="fluid" height={HEIGHT} role="img" aria-label={label}>
          <rect class="quiet" width={left(middle.satisfied)} height={top(middle.share)} rx="4" />
          <line class="base" x1="0" x2="100%" y1="100%" y2="100%" />
          <line class="base" x1="0" x2="0" y1="0" y2="100%" />
          <line
            class="zero"
            x1={left(middle.satisfied)}
            x2={left(middle.satisfied)}
            y1="0"
            y2="100%"
          />
          <line class="zero" x1="0" x2="100%" y1={top(middle.share)} y2={top(middle.share)} />
          {CORNERS.map(({ name, right, low }) => (
            <text
              key={name}
              class={name === "FIX_FIRST" ? "strong" : ""}
              x={right ? "100%" : "0"}
              y={low ? "100%" : "0"}
              dx={right ? -4 : 10}
              dy={low ? -10 : 20}
              text-anchor={right ? "end" : "start"}
            >
              {t(`drivers.quadrant_${name}`)}
            </text>
          ))}
          {all.map(({ number, share, satisfied }) => (
            <g key={number}>
              <line
                class="whisk"
                x1={left(satisfied.low)}
                x2={left(satisfied.high)}
                y1={top(share.value)}
                y2={top(share.value)}
              />
              <line
                class="whisk"
                x1={left(satisfied.value)}
                x2={left(satisfied.value)}
                y1={top(share.low)}
                y2={top(share.high)}
              />
            </g>
          ))}
          {all.map(({ number, share, satisfied }) => (
            <g key={number}>
              <circle class="dot" cx={left(satisfied.value)} cy={top(share.value)} r="5" />
              <text
                class="halo strong"
                x={left(satisfied.value)}
                y={top(share.value)}
                dx="8"
                dy="-7"
              >
                {number}
              </text>
            </g>
          ))}
          {across.ticks.map((value) => (
            <text key={value} x={left(value)} y="100%" dy="20" text-anchor="middle">
              {tick("SHARE", value)}
            </text>
          ))}
          {up.ticks.map((value) => (
            <text key={value} x="-8" y={top(value)} dy="4" text-anchor="end">
              {tick("SHARE", value)}
            </text>
          ))}
        </svg>
      </div>
      <p class="axis-x">{t("drivers.axisAcross")}</p>
    </>
  );
}
