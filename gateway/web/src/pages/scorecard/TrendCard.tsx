import type { MetricUnit } from "~/api/types.generated.ts";
import { useLiveRead } from "~/api/useLive.ts";
import { ChartCard, type Table } from "~/parts/chart/ChartCard.tsx";
import { amongMonths, lastDay, type Point, withValue } from "~/parts/chart/points.ts";
import { Trend } from "~/parts/chart/Trend.tsx";
import { Skeleton } from "~/parts/Skeleton.tsx";
import type { Leading, LeadKey } from "~/parts/score/leading.ts";
import type { MeasureFragment } from "~/parts/score/measure.generated.ts";
import { fromTo, written } from "~/parts/score/units.ts";
import { Trouble } from "~/parts/Trouble.tsx";
import { periodName } from "~/place/names.ts";
import { type Place, usePlace } from "~/place/place.ts";
import { month, number } from "~/words/format.ts";
import { t } from "~/words/words.ts";
import { TrendsDocument } from "./queries.generated.ts";
import { variablesOf, yearUpTo } from "./read.ts";
import { trendFinding, whyEmpty } from "./trendFinding.ts";

export interface Trends {
  customers: readonly Point[];
  staff: readonly Point[];
  /** Of eNPS: a point per wave. */
  waves: readonly Point[];
  isThere: boolean;
  hasFailed: boolean;
  again: () => void;
}

/** Twelve months of the lead scores, up to the end of the period. */
export function useTrends(place: Place, lead: LeadKey): Trends {
  const [{ data, error }, again] = useLiveRead({
    query: TrendsDocument,
    variables: { ...variablesOf(place), period: yearUpTo(place.period), lead },
  });
  const scorecard = data?.department?.scorecard;
  return {
    customers: scorecard?.customers?.trend ?? [],
    staff: scorecard?.turnoverRate?.trend ?? [],
    waves: scorecard?.enps?.trend ?? [],
    isThere: data !== undefined,
    hasFailed: error !== undefined,
    again: () => again({ requestPolicy: "network-only" }),
  };
}

interface Props {
  trends: Trends;
  /** The measure of customers that leads; its score in the period. */
  lead: LeadKey;
  score: MeasureFragment | undefined;
}

/** Customers and staff on one axis of time, in two panels: never two scales in one. */
export function TrendCard({ trends, lead, score }: Props) {
  const { period, compareTo } = usePlace();
  const { customers, staff, hasFailed, isThere, again } = trends;
  const waves = amongMonths(trends.waves, customers);
  const trouble = hasFailed && <Trouble what={t("scorecard.trend")} again={again} />;
  if (!isThere) return trouble || <Skeleton lines={8} />;
  if (customers.length === 0 && hasFailed) return trouble || null;
  const unit = score?.metric.unit ?? "POINTS";
  const empty = whyEmpty(customers, score?.metric.minimumBase ?? 0);
  return (
    <ChartCard
      title={trendFinding(score?.change, compareTo && periodName(compareTo, period))}
      sub={t("scorecard.trendSub")}
      table={() => tableOf({ lead, unit }, customers, staff, waves)}
      file="trend"
      note={t("scorecard.band")}
    >
      {trouble}
      <p class="panel-l">
        {t("scorecard.customers")} <span>{t(`scorecard.${lead}Panel`)}</span>
      </p>
      {empty === undefined ? (
        <Trend
          points={customers}
          unit={unit}
          metricKey={lead}
          side="cx"
          height={190}
          label={heard(t(`score.${lead}`), customers, unit)}
          hasMonths={withValue(staff).length + withValue(waves).length === 0}
        />
      ) : (
        <p class="few">{empty}</p>
      )}
      {withValue(waves).length > 0 && (
        <>
          <p class="panel-l">
            {t("scorecard.staff")} <span>{t("scorecard.enpsPanel")}</span>
          </p>
          <Trend
            points={waves}
            unit="POINTS"
            metricKey="enps"
            side="ex"
            height={110}
            label={heard(t("score.enps"), waves, "POINTS")}
            hasMonths={withValue(staff).length === 0}
            among={customers}
          />
        </>
      )}
      {withValue(staff).length > 0 && (
        <>
          <p class="panel-l">
            {t("scorecard.staff")} <span>{t("scorecard.turnoverPanel")}</span>
          </p>
          <Trend
            points={staff}
            unit="PER_YEAR"
            metricKey="turnoverRate"
            side="ex"
            height={110}
            label={heard(t("score.turnoverRate"), staff, "PER_YEAR")}
            hasMonths
          />
        </>
      )}
    </ChartCard>
  );
}

/** What the waves say that closed in a month. */
function wavesOf(of: Point | undefined, waves: readonly Point[]): string | null {
  const closed = waves.filter((wave) => {
    const day = lastDay(wave);
    return of !== undefined && of.from <= day && day < of.to && wave.value !== null;
  });
  return closed.map(({ value }) => written("POINTS", value ?? 0)).join(", ") || null;
}

function heard(name: string, points: readonly Point[], unit: MetricUnit): string {
  const placed = withValue(points);
  const last = placed.at(-1);
  if (last === undefined) return t("scorecard.trendTooShort");
  const values = placed.map(({ value }) => value);
  return t("scorecard.trendHeard", {
    name,
    low: written(unit, Math.min(...values)),
    high: written(unit, Math.max(...values)),
    last: written(unit, last.value),
    when: month(lastDay(last.point), { year: true }),
  });
}

function tableOf(
  { lead, unit }: Leading,
  customers: readonly Point[],
  staff: readonly Point[],
  waves: readonly Point[],
): Table {
  return {
    caption: t("scorecard.trendSub"),
    head: [
      t("scorecard.month"),
      t(`score.${lead}`),
      t("scorecard.range"),
      t("scorecard.answersColumn"),
      t("score.turnoverRate"),
      ...(waves.length > 0 ? [t("score.enps")] : []),
    ],
    rows: customers.map(({ from, value, interval, base }, at) => {
      const leaving = staff[at]?.value ?? null;
      return [
        month(from, { year: true }),
        value === null ? null : written(unit, value),
        interval === null ? null : fromTo(unit, interval),
        base === null ? null : number(base),
        leaving === null ? null : written("PER_YEAR", leaving),
        ...(waves.length > 0 ? [wavesOf(customers[at], waves)] : []),
      ];
    }),
  };
}
