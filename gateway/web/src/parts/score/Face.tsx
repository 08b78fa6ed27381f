import { t } from "~/words/words.ts";
import type { MeasureFragment } from "./measure.generated.ts";

/** Why there is no value, in words; undefined where there is one. Never a zero, never a dash alone. */
export function reasonOf(score: MeasureFragment): string | undefined {
  const { status, base, metric } = score;
  switch (status) {
    case "OK":
    case "LOW_BASE":
      return undefined;
    case "WITHHELD":
      return t("score.withheld");
    case "INSUFFICIENT_BASE":
      if (isOfWaves(metric) && (base ?? 0) >= metric.minimumBase) return t("score.tooFewSomewhere");
      return t(tooFewOf(metric), { count: base ?? 0, needed: metric.minimumBase });
    case "NO_DATA":
      return isAbsent(score) ? t("score.absent") : noDataOf(metric);
    case "NOT_APPLICABLE":
      return t("score.notApplicable");
    default:
      return t("score.stillCounted");
  }
}

/** Whether a wave asked staff, and nothing is shown of it here: whoever answered is counted in no number of this department alone. */
export function isAbsent({ status, wave }: Pick<MeasureFragment, "status" | "wave">): boolean {
  return status === "NO_DATA" && wave !== null;
}

function tooFewOf(metric: Kind) {
  if (isOfWaves(metric)) return "score.tooFewInWave";
  return isOfRecords(metric) ? "score.tooFewPeople" : "score.tooFew";
}

/** Why a metric has nothing to count. */
export function noDataOf(metric: Kind): string {
  if (isOfWaves(metric)) return t("score.noWave");
  if (metric.key === "turnoverRateHeadcount") return t("score.noMonthEnd");
  return t(isOfRecords(metric) ? "score.noRecords" : "score.noData");
}

/** That a value stands on few answers, or few people; without their number where it would tell more. */
export function careOf({ base, metric }: MeasureFragment): string {
  if (base === null) return t("score.fewPeopleUncounted");
  return t(countsPeople(metric) ? "score.fewPeople" : "score.fewAnswers", { count: base });
}

/** The same in a table. */
export function shortCareOf({ base, metric }: MeasureFragment): string {
  if (base === null) return t("score.fewPeopleUncountedShort");
  return t(countsPeople(metric) ? "score.fewPeopleShort" : "score.fewAnswersShort", {
    count: base,
  });
}

/** Whether the base of a metric is people that are counted or were asked, and no answers. */
function countsPeople(metric: Kind): boolean {
  return isOfRecords(metric) || metric.key === "participationRate";
}

type Kind = Pick<MeasureFragment["metric"], "unit" | "key">;

const OF_WAVES: readonly string[] = ["enps", "engagement", "participationRate", "burnout"];

/** Whether a metric counts people who work here, by employment records, and no answers. */
export function isOfRecords({ unit }: Kind): boolean {
  return unit === "PER_YEAR";
}

/** Whether a metric is looked up in a wave of staff: what is published there stays, and is never live. */
export function isOfWaves({ key }: Kind): boolean {
  return OF_WAVES.includes(key);
}

/** Whether a metric says something of staff, and nothing of customers. */
export function isOfStaff(metric: Kind): boolean {
  return isOfRecords(metric) || isOfWaves(metric);
}

/** What the base of a metric is counted in. */
export function baseOf({ base, metric }: MeasureFragment): string | undefined {
  if (base === null) return undefined;
  if (metric.key === "participationRate") return t("score.asked", { count: base });
  return isOfRecords(metric)
    ? t("score.people", { count: base })
    : t("score.answers", { count: base });
}
