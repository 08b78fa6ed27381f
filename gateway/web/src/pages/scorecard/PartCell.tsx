import { Judged } from "~/parts/score/Change.tsx";
import { reasonOf, shortCareOf } from "~/parts/score/Face.tsx";
import type { MeasureFragment } from "~/parts/score/measure.generated.ts";
import { Reason } from "~/parts/score/Reason.tsx";
import { Strip } from "~/parts/score/Strip.tsx";
import { fromTo, type Span, written } from "~/parts/score/units.ts";
import { Withheld } from "~/parts/score/Withheld.tsx";
import { rich, t } from "~/words/words.ts";
import type { BesideRest } from "./rest.ts";

interface CellProps {
  score: MeasureFragment | undefined;
  beside?: BesideRest | undefined;
  shown: Span;
  reference: number | undefined;
  side: "cx" | "ex";
  label: string;
}

/** What customers, or staff, of a part say: where it lies, the number, and how it stands beside the rest. */
export function Cell({ score, beside, shown, reference, side, label }: CellProps) {
  if (score?.status === "WITHHELD") {
    return (
      <div class={`bd-cell ${side}`} data-l={label}>
        <Withheld countedIn={score.countedIn} />
      </div>
    );
  }
  const reason =
    score === undefined ? t(side === "ex" ? "score.noRecords" : "score.noData") : reasonOf(score);
  if (score === undefined || reason !== undefined || score.value === null) {
    return (
      <div class={`bd-cell ${side}`} data-l={label}>
        <p class="few">
          <Reason text={reason} />
        </p>
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
        {beside && <Beside the={beside} />}
        <span>{isLow ? shortCareOf(score) : score.interval && fromTo(unit, score.interval)}</span>
      </div>
    </div>
  );
}

const BESIDE = {
  CLEAR: ["scorecard.belowRest", "scorecard.aboveRest"],
  WEAK: ["scorecard.perhapsBelow", "scorecard.perhapsAbove"],
  NONE: ["scorecard.likeRest", "scorecard.likeRest"],
} as const;

/** Whether customers of a part are happier than those of the rest; higher is better. */
function Beside({ the: { verdict, delta } }: { the: BesideRest }) {
  const isAbove = delta > 0;
  return (
    <Judged verdict={verdict} isUp={isAbove} isGood={isAbove}>
      {rich(BESIDE[verdict][isAbove ? 1 : 0])}
    </Judged>
  );
}
