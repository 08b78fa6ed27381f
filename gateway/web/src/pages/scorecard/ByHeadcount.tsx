import { useState } from "preact/hooks";
import { useRead } from "~/api/useRead.ts";
import type { MeasureFragment } from "~/parts/score/measure.generated.ts";
import { likely, written } from "~/parts/score/units.ts";
import { Trouble } from "~/parts/Trouble.tsx";
import { usePlace } from "~/place/place.ts";
import { number } from "~/words/format.ts";
import { t } from "~/words/words.ts";
import { WeightedDocument, type WeightedQuery } from "./queries.generated.ts";
import { variablesOf } from "./read.ts";

type Metric = MeasureFragment["metric"];
type Weighted = NonNullable<
  NonNullable<
    NonNullable<NonNullable<WeightedQuery["department"]>["scorecard"]>["score"]
  >["weighted"]
>;

/** Rates of employment are of all people already. */
const RATES = ["turnoverRate", "turnoverRateHeadcount", "participationRate"];

/** A button that tells the score with each department counting by its people. */
export function ByHeadcount({ score: { metric, value } }: { score: MeasureFragment }) {
  const { includeSubtree } = usePlace();
  const [isAsked, ask] = useState(false);
  if (value === null || !includeSubtree || RATES.includes(metric.key)) return null;
  if (isAsked) return <Told metric={metric} />;
  return (
    <p class="muted">
      <button class="link" type="button" onClick={() => ask(true)}>
        {t("scorecard.byHeadcount")}
      </button>
    </p>
  );
}

function Told({ metric }: { metric: Metric }) {
  const place = usePlace();
  const [{ data, error }, again] = useRead({
    query: WeightedDocument,
    variables: { ...variablesOf(place), metric: metric.key },
  });
  const found = data?.department?.scorecard?.score?.weighted;
  if (found != null) return <p class="muted">{said(found, metric)}</p>;
  return error ? (
    <Trouble
      what={t("scorecard.byHeadcount")}
      again={() => again({ requestPolicy: "network-only" })}
    />
  ) : null;
}

function said({ value, interval, leftOut, gap }: Weighted, { unit }: Metric): string {
  if (value === null) return t(`scorecard.weighted_${gap ?? "NOT_APPLICABLE"}`);
  const shown = written(unit, value);
  const sentences = [
    interval === null
      ? t("scorecard.weightedAlone", { value: shown })
      : t("scorecard.weighted", { value: shown, likely: likely(unit, interval) }),
    leftOut > 0 && t("scorecard.weightedLeftOut", { count: leftOut, shown: number(leftOut) }),
  ];
  return sentences.filter((sentence) => sentence !== false).join(" ");
}
