import type { MetricUnit } from "~/api/types.generated.ts";
import type { Table } from "~/parts/chart/ChartCard.tsx";
import type { Leading } from "~/parts/score/leading.ts";
import { written } from "~/parts/score/units.ts";
import { periodName } from "~/place/names.ts";
import { number } from "~/words/format.ts";
import { t } from "~/words/words.ts";
import type { LinkageQuery } from "./queries.generated.ts";

export type Linked = NonNullable<NonNullable<LinkageQuery["department"]>["linkage"]>;
export type LinkedPoint = Linked["points"][number];
export type StaffKey = "engagement" | "enps" | "turnoverRate";

/** What customers can be linked with, in the order of the buttons. */
export const STAFF: Record<StaffKey, MetricUnit> = {
  engagement: "SHARE",
  enps: "POINTS",
  turnoverRate: "PER_YEAR",
};

/** The finding, as the title of the chart. */
export function titleOf({ verdict, betterTogether }: Linked, staff: StaffKey): string {
  switch (verdict) {
    case "TOO_FEW_DEPARTMENTS":
      return t("linkage.tooFew");
    case "TOGETHER":
      return t(betterTogether === false ? `linkage.${staff}_against` : `linkage.${staff}_with`);
    default:
      return t("linkage.noClear");
  }
}

/** What the finding does not say, one sentence after the other. */
export function limitsOf(of: Linked): string {
  const { verdict, departments: count, detectable, limits } = of;
  const said = [
    verdict === "TOO_FEW_DEPARTMENTS" && t("linkage.ofDepartments", { count }),
    verdict === "TOGETHER" && t("linkage.notWhichFirst"),
    verdict === "NO_CLEAR_LINK" &&
      detectable !== null &&
      t("linkage.onlyStrong", { count, least: number(detectable, 2) }),
    limits.includes("SAME_SOURCE") && t("linkage.sameSource"),
    limits.includes("ONE_VALUE") && t("linkage.oneValue"),
    limits.includes("ONE_PERIOD") && t("linkage.onePeriod"),
  ];
  return said.filter((sentence) => sentence !== false).join(" ");
}

/** How strong the link is, with its likely range; nothing below 20 departments. */
export function strengthOf(of: Linked): string {
  const sized = (["BETWEEN", "WITHIN"] as const).flatMap((kind) => {
    const found = of.coefficients.find((one) => one.kind === kind);
    if (found === undefined) return [];
    const [r, low, high] = [found.r, found.interval.low, found.interval.high].map((each) =>
      number(each, 2),
    );
    return [t(`linkage.size_${kind}`, { r: r ?? "", low: low ?? "", high: high ?? "" })];
  });
  return [t("linkage.withBoth", { count: of.departments }), ...sized].join(" ");
}

/** A point as it is read aloud, and as its row of the table. */
export function cellsOf(point: LinkedPoint, unit: MetricUnit, staff: StaffKey): string[] {
  return [
    point.name,
    periodName(point),
    written(unit, point.customers),
    written(STAFF[staff], point.staff),
  ];
}

export function tableOf(points: LinkedPoint[], { lead, unit }: Leading, staff: StaffKey): Table {
  return {
    caption: t("linkage.title"),
    head: [t("linkage.department"), t("linkage.period"), t(`score.${lead}`), t(`score.${staff}`)],
    rows: points.map((point) => cellsOf(point, unit, staff)),
  };
}
