import { t } from "~/words/words.ts";
import type { MeasureFragment } from "./measure.generated.ts";

/** Why there is no value, in words; undefined where there is one. Never a zero, never a dash alone. */
export function reasonOf({ status, base, metric }: MeasureFragment): string | undefined {
  switch (status) {
    case "OK":
    case "LOW_BASE":
      return undefined;
    case "INSUFFICIENT_BASE":
      return t(isOfStaff(metric) ? "score.tooFewPeople" : "score.tooFew", {
        count: base ?? 0,
        needed: metric.minimumBase,
      });
    case "NO_DATA":
      return noDataOf(metric);
    case "NOT_APPLICABLE":
      return t("score.notApplicable");
    default:
      return t("score.stillCounted");
  }
}

/** Why a metric has nothing to count. */
export function noDataOf(metric: Pick<MeasureFragment["metric"], "unit" | "key">): string {
  if (metric.key === "turnoverRateHeadcount") return t("score.noMonthEnd");
  return t(isOfStaff(metric) ? "score.noRecords" : "score.noData");
}

/** That a value stands on few answers, or few people. */
export function careOf({ base, metric }: MeasureFragment): string {
  const count = base ?? 0;
  return isOfStaff(metric) ? t("score.fewPeople", { count }) : t("score.fewAnswers", { count });
}

/** The same in a table. */
export function shortCareOf({ base, metric }: MeasureFragment): string {
  const count = base ?? 0;
  return isOfStaff(metric)
    ? t("score.fewPeopleShort", { count })
    : t("score.fewAnswersShort", { count });
}

/** Whether a metric counts people who work here, and no answers. */
export function isOfStaff({ unit }: Pick<MeasureFragment["metric"], "unit">): boolean {
  return unit === "PER_YEAR";
}

/** What the base of a metric is counted in. */
export function baseOf({ base, metric }: MeasureFragment): string | undefined {
  if (base === null) return undefined;
  return isOfStaff(metric)
    ? t("score.people", { count: base })
    : t("score.answers", { count: base });
}
