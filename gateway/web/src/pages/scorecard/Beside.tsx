import { isBetter, Judged } from "~/parts/score/Change.tsx";
import type { MeasureFragment, RestFragment } from "~/parts/score/measure.generated.ts";
import { written } from "~/parts/score/units.ts";
import { rich, t } from "~/words/words.ts";

const BESIDE = {
  CLEAR: ["scorecard.belowRest", "scorecard.aboveRest"],
  WEAK: ["scorecard.perhapsBelow", "scorecard.perhapsAbove"],
  NONE: ["scorecard.likeRest", "scorecard.likeRest"],
} as const;

interface Props {
  rest: RestFragment["rest"];
  metric: MeasureFragment["metric"];
  /** Name of the department whose rest it is, where the page does not say so. */
  of?: string | undefined;
}

/** How a number stands beside the rest; nothing where that is not judged. */
export function Beside({ rest, metric, of }: Props) {
  if (rest === null) return null;
  const { value, change } = rest;
  const isUp = change.delta > 0;
  return (
    <Judged verdict={change.verdict} isUp={isUp} isGood={isBetter(change, metric)}>
      {rich(BESIDE[change.verdict][isUp ? 1 : 0])}
      {of !== undefined && (
        <span class="muted">
          {" · "}
          {t("scorecard.restOf", { name: of, value: written(metric.unit, value) })}
        </span>
      )}
    </Judged>
  );
}
