import { type Point, withValue } from "~/parts/chart/points.ts";
import type { MeasureFragment } from "~/parts/score/measure.generated.ts";
import { number } from "~/words/format.ts";
import { t } from "~/words/words.ts";

/** What the test of the change says, in words for the line of customers; the months are not tested one by one. */
export function trendFinding(
  change: MeasureFragment["change"] | undefined,
  since: string | undefined,
): string {
  if (change == null || since === undefined) return t("scorecard.trendByMonth");
  const isUp = change.delta > 0;
  switch (change.verdict) {
    case "CLEAR":
      return t(isUp ? "scorecard.trendUp" : "scorecard.trendDown", { since });
    case "WEAK":
      return t(isUp ? "scorecard.trendWeakUp" : "scorecard.trendWeakDown", { since });
    default:
      return t("scorecard.trendNotClear", { since });
  }
}

/** Why no month of a line has a score; undefined where one has. */
export function whyEmpty(points: readonly Point[], needed: number): string | undefined {
  if (withValue(points).length > 0) return undefined;
  const count = points.reduce((sum, { base }) => sum + (base ?? 0), 0);
  return count === 0
    ? t("scorecard.trendNoAnswers")
    : t("scorecard.trendTooFew", { count, needed: number(needed) });
}
