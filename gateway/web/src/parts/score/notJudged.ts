import type { ScoreStatus } from "~/api/types.generated.ts";
import { t } from "~/words/words.ts";
import { isOfRecords, isOfWaves } from "./Face.tsx";
import type { MeasureFragment } from "./measure.generated.ts";

/** A score of the period compared with, as far as it says why a change cannot be judged. */
export interface Before {
  status: ScoreStatus;
  base: number | null;
}

/** Why a value has no change. `since`: what it is compared with; `before`: the same score there, undefined where it was not read. */
export function whyNotJudged(
  metric: MeasureFragment["metric"],
  before: Before | null | undefined,
  since: string,
): string {
  if (metric.key === "turnoverRateHeadcount" || metric.key === "participationRate")
    return t("score.notCompared");
  const isStaff = isOfRecords(metric);
  if (before?.status === "WITHHELD") return t("score.notJudgedWithheld", { since });
  if (before?.status === "NO_DATA" && isOfWaves(metric))
    return t("score.notJudgedNoWave", { since });
  if (before?.status === "NO_DATA")
    return t(isStaff ? "score.notJudgedNoRecords" : "score.notJudgedNone", { since });
  if (before?.status === "INSUFFICIENT_BASE")
    return t(isStaff ? "score.notJudgedFewPeople" : "score.notJudgedFew", {
      since,
      count: before.base ?? 0,
      needed: metric.minimumBase,
    });
  return t("score.notJudged", { since });
}
