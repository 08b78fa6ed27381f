import type { Point } from "~/parts/chart/points.ts";
import { Spark } from "~/parts/chart/Trend.tsx";
import { Change } from "~/parts/score/Change.tsx";
import { baseOf, careOf, isOfWaves, reasonOf } from "~/parts/score/Face.tsx";
import type {
  ExplainedFragment,
  MeasureFragment,
  RestFragment,
} from "~/parts/score/measure.generated.ts";
import { metricName, shortName } from "~/parts/score/names.ts";
import { whyNotJudged } from "~/parts/score/notJudged.ts";
import { Reason } from "~/parts/score/Reason.tsx";
import { Strip } from "~/parts/score/Strip.tsx";
import { couldBe, likely, shownRange, tick, written } from "~/parts/score/units.ts";
import { CountedIn, Withheld } from "~/parts/score/Withheld.tsx";
import { periodName } from "~/place/names.ts";
import { addressOf, usePlace } from "~/place/place.ts";
import { t } from "~/words/words.ts";
import { Beside } from "./Beside.tsx";
import { ByHeadcount } from "./ByHeadcount.tsx";
import { HowCounted } from "./HowCounted.tsx";
import type { BeforeFragment } from "./queries.generated.ts";
import { TargetSays } from "./TargetSays.tsx";
import { type Target, useTarget } from "./useTargets.ts";

interface Props {
  score: MeasureFragment;
  before?: BeforeFragment | null | undefined;
  side: "cx" | "ex";
  points: readonly Point[];
  /** Said beside the base. */
  facts?: string | undefined;
  /** The rest of the department above, and its name. */
  rest?: RestFragment["rest"] | undefined;
  explanation?: ExplainedFragment["explanation"] | undefined;
  above?: string | undefined;
}

/** The first number of a side, with all that a number needs: range, change, base and how it is counted. */
export function Lead({ score, before, side, points, facts, rest, above, explanation }: Props) {
  const { metric, value, interval } = score;
  const place = usePlace();
  const name = metricName(metric);
  const isLow = score.status === "LOW_BASE";
  const reason = reasonOf(score);
  const target = useTarget(metric.key);
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
            {target && <Reaching score={score} value={value} target={target} />}
            <Says score={score} before={before} />
            {rest && above !== undefined && <Beside rest={rest} metric={metric} of={above} />}
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
        <HowCounted metric={metric} explanation={explanation}>
          <ByHeadcount score={score} />
        </HowCounted>
      </p>
    </article>
  );
}

/** Where the value and its range lie, and what is to be reached. */
function Reaching({
  score,
  value,
  target,
}: {
  score: Props["score"];
  value: number;
  target: Target;
}) {
  const { metric, interval, status } = score;
  const shown = shownRange(metric.unit, metric.key);
  return (
    <div class="reaching">
      <Strip
        shown={shown}
        value={value}
        interval={interval}
        target={target.value}
        isLow={status === "LOW_BASE"}
        ends={[tick(metric.unit, shown.low), tick(metric.unit, shown.high)]}
      />
      <TargetSays target={target} metric={metric} />
    </div>
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
