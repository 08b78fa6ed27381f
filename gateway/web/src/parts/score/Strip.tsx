import type { Span } from "./units.ts";

interface Props {
  shown: Span;
  value: number;
  interval: Span | null;
  /** The same over the period compared with. */
  before?: { value: number; interval: Span } | undefined;
  /** Of the whole that this is a part of. */
  reference?: number | undefined;
  /** What is to be reached. */
  target?: number | undefined;
  isLow?: boolean;
  ends?: [string, string];
}

/** Where a value lies in the fixed range of its metric: the bar is the likely range, the dot the estimate. */
export function Strip(props: Props) {
  const { shown, value, interval, before, reference, target, isLow = false, ends } = props;
  const x = (at: number) => `${place(at, shown)}%`;
  const height = ends === undefined ? 24 : 40;
  const middle = ends === undefined ? 12 : 8;
  return (
    <svg class="strip fluid" height={height} aria-hidden="true">
      <line class="base" x1="0" x2="100%" y1={ends ? 24 : middle} y2={ends ? 24 : middle} />
      {reference !== undefined && (
        <line class="ref" x1={x(reference)} x2={x(reference)} y1="-1" y2={height + 1} />
      )}
      {before !== undefined && (
        <>
          <line
            class="was"
            x1={x(before.interval.low)}
            x2={x(before.interval.high)}
            y1="18"
            y2="18"
          />
          <circle class="was-dot" cx={x(before.value)} cy="18" r="2.75" />
        </>
      )}
      {interval !== null && (
        <>
          <rect
            class="iv"
            x={x(interval.low)}
            width={`${place(interval.high, shown) - place(interval.low, shown)}%`}
            y={middle - 5}
            height="10"
            rx="2"
          />
          <line
            class="cap"
            x1={x(interval.low)}
            x2={x(interval.low)}
            y1={middle - 5}
            y2={middle + 5}
          />
          <line
            class="cap"
            x1={x(interval.high)}
            x2={x(interval.high)}
            y1={middle - 5}
            y2={middle + 5}
          />
        </>
      )}
      {target !== undefined && (
        <line class="target" x1={x(target)} x2={x(target)} y1="-2" y2={ends ? 26 : height + 1} />
      )}
      <circle class={isLow ? "ring" : "dot"} cx={x(value)} cy={middle} r={ends ? 3 : 4} />
      {ends !== undefined && (
        <>
          <text x="0" y="37">
            {ends[0]}
          </text>
          <text x="100%" y="37" text-anchor="end">
            {ends[1]}
          </text>
        </>
      )}
    </svg>
  );
}

/** Per cent of the way from one end to the other; what is outside stands at the end. */
export function place(at: number, { low, high }: Span): number {
  return Math.round(Math.min(Math.max((at - low) / (high - low), 0), 1) * 10_000) / 100;
}
