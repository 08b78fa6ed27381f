import { useLiveRead } from "~/api/useLive.ts";
import { yearUpTo } from "~/pages/scorecard/read.ts";
import { ChartCard, type Table } from "~/parts/chart/ChartCard.tsx";
import { type Point, withValue } from "~/parts/chart/points.ts";
import { Trend } from "~/parts/chart/Trend.tsx";
import { Skeleton } from "~/parts/Skeleton.tsx";
import { fromTo, written } from "~/parts/score/units.ts";
import { Trouble } from "~/parts/Trouble.tsx";
import { useHere, usePlace } from "~/place/place.ts";
import { month } from "~/words/format.ts";
import { t } from "~/words/words.ts";
import { RetentionTrendDocument } from "./queries.generated.ts";

/** Twelve months: of the customers of each, how many came back in the next. */
export function ByMonth() {
  const { department, period, tree, includeSubtree } = usePlace();
  const [{ data, error }, again] = useLiveRead({
    query: RetentionTrendDocument,
    variables: { key: department, period: yearUpTo(period), tree, below: includeSubtree },
  });
  const { today } = useHere();
  // Nobody has come back in a month that has not begun.
  const points = data?.department?.scorecard?.retentionRate?.trend?.filter(
    ({ from }) => from <= today,
  );
  if (points == null)
    return error ? (
      <Trouble
        what={t("retention.byMonth")}
        again={() => again({ requestPolicy: "network-only" })}
      />
    ) : (
      <Skeleton lines={6} />
    );
  const last = withValue(points).at(-1);
  return (
    <ChartCard
      title={t("retention.byMonth")}
      sub={t("retention.byMonthSub")}
      table={() => tableOf(points)}
      file="retention"
      kind="mt"
    >
      {last === undefined ? (
        <p class="few">{t("retention.noMonths")}</p>
      ) : (
        <Trend
          points={points}
          unit="SHARE"
          metricKey="retentionRate"
          side="cx"
          height={190}
          label={t("retention.heard", { last: written("SHARE", last.value) })}
          hasMonths
        />
      )}
    </ChartCard>
  );
}

function tableOf(points: readonly Point[]): Table {
  return {
    caption: t("retention.byMonth"),
    head: [t("retention.month"), t("retention.share"), t("retention.range"), t("retention.before")],
    rows: points.map(({ from, value, interval, base }) => [
      month(from, { year: true }),
      value === null ? null : written("SHARE", value),
      interval === null ? null : fromTo("SHARE", interval),
      base,
    ]),
  };
}
