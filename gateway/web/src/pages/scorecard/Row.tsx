import type { ComponentChildren } from "preact";
import { Change } from "~/parts/score/Change.tsx";
import { baseOf, careOf, isOfStaff, isOfWaves, reasonOf } from "~/parts/score/Face.tsx";
import type { MeasureFragment } from "~/parts/score/measure.generated.ts";
import { metricName } from "~/parts/score/names.ts";
import { whyNotJudged } from "~/parts/score/notJudged.ts";
import { Reason } from "~/parts/score/Reason.tsx";
import { Strip } from "~/parts/score/Strip.tsx";
import { fromTo, type Span, shownRange, tick, written } from "~/parts/score/units.ts";
import { CountedIn, Withheld } from "~/parts/score/Withheld.tsx";
import { periodName } from "~/place/names.ts";
import { addressOf, usePlace } from "~/place/place.ts";
import { t } from "~/words/words.ts";
import type { BeforeFragment } from "./queries.generated.ts";
import { TargetSays } from "./TargetSays.tsx";
import { useTarget } from "./useTargets.ts";

interface Props {
  score: MeasureFragment;
  /** What the strip shows, if not the range of a metric of the product; undefined for no strip. */
  shown?: Span | undefined;
  before?: BeforeFragment | null | undefined;
  /** What it is of, where that is not what stands above all lines. */
  children?: ComponentChildren;
  /** Whether the responses that it counts can be listed; not those of an index. */
  isListed?: boolean;
}

/** A measure in a line: what it is, what changed, where it lies, and the number with its range. */
export function Row({ score, before, children, isListed = true, ...rest }: Props) {
  const of = children && <p class="small muted">{children}</p>;
  const { metric, value, interval } = score;
  const shown = "shown" in rest ? rest.shown : shownRange(metric.unit, metric.key);
  const reason = reasonOf(score);
  const target = useTarget(metric.key);
  if (score.status === "WITHHELD") {
    return (
      <li class="row">
        <div>
          <h3>{metricName(metric)}</h3>
          <CountedIn countedIn={score.countedIn} />
          {of}
        </div>
        <Withheld countedIn={null} kind="span2" />
      </li>
    );
  }
  if (reason !== undefined || value === null) {
    return (
      <li class="row">
        <div>
          <h3>{metricName(metric)}</h3>
          <p class="small muted">
            <Reason text={reason} />
          </p>
          {target && <TargetSays target={target} metric={metric} />}
          {of}
        </div>
        <span class="strip" aria-hidden="true" />
        <p class="num none">
          {score.status === "NO_DATA" && !isOfWaves(metric) ? t("score.noDataShort") : ""}
        </p>
      </li>
    );
  }
  const was =
    before?.value == null || before.interval == null
      ? undefined
      : { value: before.value, interval: before.interval };
  const isLow = score.status === "LOW_BASE";
  return (
    <li class="row">
      <div>
        <h3>{metricName(metric)}</h3>
        <RowSays score={score} before={before} />
        {target && <TargetSays target={target} metric={metric} />}
        {of}
      </div>
      {shown === undefined ? (
        <span class="strip" aria-hidden="true" />
      ) : (
        <Strip
          shown={shown}
          value={value}
          interval={interval}
          before={was}
          target={target?.value}
          isLow={isLow}
          ends={[tick(metric.unit, shown.low), tick(metric.unit, shown.high)]}
        />
      )}
      <p class={`num ${isLow ? "low" : ""}`}>
        {written(metric.unit, value)}
        {interval && <small>{fromTo(metric.unit, interval)}</small>}
        <Base score={score} isListed={isListed} />
      </p>
    </li>
  );
}

/** How many answered; it leads to their answers. */
function Base({ score, isListed }: { score: MeasureFragment; isListed: boolean }) {
  const place = usePlace();
  if (!isListed || isOfStaff(score.metric)) return <small>{baseOf(score)}</small>;
  return (
    <small>
      <a href={addressOf("/answers", place, { metric: score.metric.key })}>{baseOf(score)}</a>
    </small>
  );
}

function RowSays({ score, before }: Pick<Props, "score" | "before">) {
  const { status, change, metric } = score;
  const { period, compareTo } = usePlace();
  if (status === "LOW_BASE") return <p class="small muted">{careOf(score)}</p>;
  if (compareTo === undefined) return null;
  if (change === null)
    return <p class="small muted">{whyNotJudged(metric, before, periodName(compareTo, period))}</p>;
  return <Change change={change} metric={metric} />;
}
