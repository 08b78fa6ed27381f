import type { Point } from "~/parts/chart/points.ts";
import { Spark } from "~/parts/chart/Trend.tsx";
import { Change } from "~/parts/score/Change.tsx";
import { baseOf, careOf, isOfWaves, reasonOf } from "~/parts/score/Face.tsx";
import type { MeasureFragment } from "~/parts/score/measure.generated.ts";
import { metricName, shortName } from "~/parts/score/names.ts";
import { whyNotJudged } from "~/parts/score/notJudged.ts";
import { Reason } from "~/parts/score/Reason.tsx";
import { couldBe, likely, written } from "~/parts/score/units.ts";
import { CountedIn, Withheld } from "~/parts/score/Withheld.tsx";
import { periodName } from "~/place/names.ts";
import { addressOf, usePlace } from "~/place/place.ts";
import { t } from "~/words/words.ts";
import { HowCounted } from "./HowCounted.tsx";
import type { BeforeFragment } from "./queries.generated.ts";

interface Props {
  score: MeasureFragment;
  before?: BeforeFragment | null | undefined;
  side: "cx" | "ex";
  points: readonly Point[];
  /** Said beside the base. */
  facts?: string | undefined;
}

/** The first number of a side, with all that a number needs: range, change, base and how it is counted. */
export function Lead({ score, before, side, points, facts }: Props) {
  const { metric, value, interval } = score;
  const place = usePlace();
  const name = metricName(metric);
  const isLow = score.status === "LOW_BASE";
  const reason = reasonOf(score);
  return (
    <article class="card lead" aria-label={name}>
      <div class="label">
        <h3>{name}</h3>
        <span class="key">{shortName(metric.key)}</span>
      </div>
      {score.status === "WITHHELD" ? (
        <div class="lead-few">
          <Withheld countedIn={null} />
          <CountedIn countedIn={score.countedIn} />
        </div>
      ) : reason !== undefined || value === null || interval === null ? (
        <p class="few lead-few">
          <Reason text={reason} />
        </p>
      ) : (
        <>
          <div>
            <p class={`hero ${isLow ? "low" : ""}`}>{written(metric.unit, value)}</p>
            <p class="likely">
              {isLow ? couldBe(metric.unit, interval) : likely(metric.unit, interval)}
            </p>
          </div>
          <Spark
            points={points}
            unit={metric.unit}
            metricKey={metric.key}
            side={side}
            isByWave={isOfWaves(metric)}
          />
          <div class="says">
            <Says score={score} before={before} />
          </div>
        </>
      )}
      <p class="facts">
        <span>{baseOf(score)}</span>
        {facts && <span>{facts}</span>}
        {side === "cx" && (score.base ?? 0) > 0 && (
          <a href={addressOf("/answers", place, { metric: metric.key })}>
            {t("comments.seeAnswers")}
          </a>
        )}
        <HowCounted metric={metric} />
      </p>
    </article>
  );
}

/** What a number says against the period compared with, or why that cannot be said. */
function Says({ score, before }: Pick<Props, "score" | "before">) {
  const { status, change, metric } = score;
  const { period, compareTo } = usePlace();
  if (status === "LOW_BASE") return <p class="muted">{careOf(score)}</p>;
  if (compareTo === undefined) return null;
  const since = periodName(compareTo, period);
  if (change === null) return <p class="muted">{whyNotJudged(metric, before, since)}</p>;
  return <Change change={change} metric={metric} since={since} />;
}
