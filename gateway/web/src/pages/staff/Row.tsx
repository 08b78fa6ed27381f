import { Said } from "~/parts/Said.tsx";
import { Change } from "~/parts/score/Change.tsx";
import { baseOf, careOf, reasonOf } from "~/parts/score/Face.tsx";
import type { MeasureFragment } from "~/parts/score/measure.generated.ts";
import { metricName } from "~/parts/score/names.ts";
import type { Before } from "~/parts/score/notJudged.ts";
import { Strip } from "~/parts/score/Strip.tsx";
import { fromTo, type Span, shownRange, tick, written } from "~/parts/score/units.ts";
import { CountedIn, Withheld } from "~/parts/score/Withheld.tsx";
import type { Spoken } from "~/parts/texts.ts";

/** The same statistic in the wave compared with. */
export interface Earlier extends Before {
  value: number | null;
  interval: Span | null;
}

interface Props {
  measure: MeasureFragment;
  before?: Earlier | undefined;
  /** The question, where it is one. */
  asked?: Spoken;
  /** Said below, beside the change. */
  more?: string;
}

/** A result in a line: what was asked, what changed, where it lies, and the number with its range. */
export function Row({ measure, before, asked, more }: Props) {
  const { metric, value, interval, status } = measure;
  const name = asked ? <Said {...asked} /> : metricName(metric);
  if (status === "WITHHELD") {
    return (
      <li class="row">
        <div>
          <h3>{name}</h3>
          <CountedIn countedIn={measure.countedIn} />
        </div>
        <Withheld countedIn={null} kind="span2" />
      </li>
    );
  }
  if (value === null) {
    return (
      <li class="row">
        <div>
          <h3>{name}</h3>
          <p class="small muted">{reasonOf(measure)}</p>
        </div>
        <span class="strip" aria-hidden="true" />
        <p class="num none" />
      </li>
    );
  }
  const shown = shownRange(metric.unit, metric.key);
  const isLow = status === "LOW_BASE";
  const was =
    before?.value == null || before.interval === null
      ? undefined
      : { value: before.value, interval: before.interval };
  return (
    <li class="row">
      <div>
        <h3>{name}</h3>
        {isLow && <p class="small muted">{careOf(measure)}</p>}
        {!isLow && measure.change && <Change change={measure.change} metric={metric} />}
        {more && <p class="small muted">{more}</p>}
      </div>
      <Strip
        shown={shown}
        value={value}
        interval={interval}
        before={was}
        isLow={isLow}
        ends={[tick(metric.unit, shown.low), tick(metric.unit, shown.high)]}
      />
      <p class={`num ${isLow ? "low" : ""}`}>
        {written(metric.unit, value)}
        {interval && <small>{fromTo(metric.unit, interval)}</small>}
        <small>{baseOf(measure)}</small>
      </p>
    </li>
  );
}
