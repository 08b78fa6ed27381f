import type { MeasureFragment } from "~/parts/score/measure.generated.ts";
import { written } from "~/parts/score/units.ts";
import { day, percent } from "~/words/format.ts";
import { t } from "~/words/words.ts";
import type { Target } from "./useTargets.ts";

interface Props {
  target: Target;
  metric: MeasureFragment["metric"];
}

/** What is to be reached by when, whether it is, and where the trend leads; the dotted line of the strip says which it is. */
export function TargetSays({ target, metric }: Props) {
  const { side, value, due, progress } = target;
  const words = { value: written(metric.unit, value), day: day(due, { year: true }) };
  const isOpen = progress?.status === "NOT_YET" || progress?.status === "ABOVE_NOT_SURE";
  return (
    <p class="small muted target-says">
      <svg class="target-key" width="3" height="14" aria-hidden="true">
        <line class="target" x1="1.5" x2="1.5" y1="0" y2="14" />
      </svg>
      {t(`scorecard.targetOf_${side}`, words)} {standing(target, metric)}
      {isOpen &&
        progress.chance !== null &&
        ` ${t("scorecard.targetChance", chance(progress.chance))}`}
    </p>
  );
}

/** Of a low base nothing is said. */
function standing({ progress }: Target, { higherIsBetter }: Props["metric"]): string {
  switch (progress?.status) {
    case "REACHED":
      return t("scorecard.targetReached");
    case "ABOVE_NOT_SURE":
      return higherIsBetter ? t("scorecard.targetAbove") : t("scorecard.targetBelow");
    case "NOT_YET":
      return t("scorecard.targetNotYet");
    case "MISSED":
      return t("scorecard.targetMissed");
    default:
      return "";
  }
}

/** No line through a few months is sure. */
function chance(share: number): { chance: string } {
  return { chance: percent(Math.min(Math.max(share, 0.01), 0.99)) };
}
