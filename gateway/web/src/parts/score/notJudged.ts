import type { ScoreStatus } from "~/api/types.generated.ts";
import { t } from "~/words/words.ts";
import { isAbsent, isOfRecords, isOfWaves } from "./Face.tsx";
import type { MeasureFragment } from "./measure.generated.ts";

/** A score of the period compared with, as far as it says why a change cannot be judged. */
export interface Before {
  status: ScoreStatus;
  base: number | null;
  value: number | null;
  /** Of staff: the wave it is of. */
  wave: string | null;
}

/** What is made of several questions of a wave. */
const INDICES: readonly string[] = ["engagement", "burnout"];

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
  if (before != null && isAbsent(before)) return t("score.notJudgedAbsent", { since });
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
  return t(isOfOthers(metric, before) ? "score.notJudgedQuestions" : "score.notJudged", { since });
}

/** Whether an earlier value was made of other questions: an index that both waves have is compared unless it is. */
function isOfOthers(
  { key }: MeasureFragment["metric"],
  before: Before | null | undefined,
): boolean {
  return INDICES.includes(key) && before?.value != null;
}
