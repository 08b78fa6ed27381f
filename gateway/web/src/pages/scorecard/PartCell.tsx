import type { ComponentChildren } from "preact";
import { reasonOf, shortCareOf } from "~/parts/score/Face.tsx";
import type { MeasureFragment, RestFragment } from "~/parts/score/measure.generated.ts";
import { Reason } from "~/parts/score/Reason.tsx";
import { Strip } from "~/parts/score/Strip.tsx";
import { fromTo, type Span, written } from "~/parts/score/units.ts";
import { Withheld } from "~/parts/score/Withheld.tsx";
import { Beside } from "./Beside.tsx";

interface CellProps {
  score: (MeasureFragment & RestFragment) | undefined;
  shown: Span;
  reference: number | undefined;
  side: "cx" | "ex";
  label: string;
  /** Said where the part has no score. */
  none: string;
  /** Which wave it is of, where that is not the wave of the whole. */
  children?: ComponentChildren;
}

/** What customers, or staff, of a part say: where it lies, the number, and how it stands beside the rest. */
export function Cell({ score, shown, reference, side, label, none, children }: CellProps) {
  const of = children && <p class="few">{children}</p>;
  if (score?.status === "WITHHELD") {
    return (
      <div class={`bd-cell ${side}`} data-l={label}>
        <Withheld countedIn={score.countedIn} />
        {of}
      </div>
    );
  }
  const reason = score === undefined ? none : reasonOf(score);
  if (score === undefined || reason !== undefined || score.value === null) {
    return (
      <div class={`bd-cell ${side}`} data-l={label}>
        <p class="few">
          <Reason text={reason} />
        </p>
        {of}
      </div>
    );
  }
  const isLow = score.status === "LOW_BASE";
  const { unit } = score.metric;
  return (
    <div class={`bd-cell ${side}`} data-l={label}>
      <Strip
        shown={shown}
        value={score.value}
        interval={score.interval}
        reference={reference}
        isLow={isLow}
      />
      <span class={`v ${isLow ? "low" : ""}`}>{written(unit, score.value)}</span>
      <div class="vs muted">
        <Beside rest={score.rest} metric={score.metric} />
        <span>{isLow ? shortCareOf(score) : score.interval && fromTo(unit, score.interval)}</span>
        {children && <div>{children}</div>}
      </div>
    </div>
  );
}
