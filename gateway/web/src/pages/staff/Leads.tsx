import { useRead } from "~/api/useRead.ts";
import { HowCounted } from "~/pages/scorecard/HowCounted.tsx";
import type { Point } from "~/parts/chart/points.ts";
import { Spark } from "~/parts/chart/Trend.tsx";
import { Change } from "~/parts/score/Change.tsx";
import { baseOf, careOf, reasonOf } from "~/parts/score/Face.tsx";
import type { MeasureFragment } from "~/parts/score/measure.generated.ts";
import { metricName, shortName } from "~/parts/score/names.ts";
import { whyNotJudged } from "~/parts/score/notJudged.ts";
import { Reason } from "~/parts/score/Reason.tsx";
import { couldBe, likely, written } from "~/parts/score/units.ts";
import { CountedIn, Withheld } from "~/parts/score/Withheld.tsx";
import { addDays, addMonths } from "~/place/days.ts";
import { useHere, usePlace } from "~/place/place.ts";
import { number } from "~/words/format.ts";
import { t } from "~/words/words.ts";
import { StaffTrendsDocument, type WaveNameFragment } from "./queries.generated.ts";
import { type Earlier, Row } from "./Row.tsx";
import { bandsSaid, type Results, wholeOf } from "./scores.ts";
import { closedDay } from "./useWaves.ts";
import { waveMonth } from "./waveNames.ts";

interface Props {
  wave: Results;
  chosen: WaveNameFragment;
  against: WaveNameFragment | undefined;
  before: ReadonlyMap<string, Earlier>;
}

const YEARS = 3;

/** The numbers of a wave as a whole: whether people would recommend working here, and whether they are engaged. */
export function Leads({ wave, chosen, against, before }: Props) {
  const { department } = usePlace();
  const { timeZone } = useHere();
  const to = addDays(closedDay(chosen, timeZone), 1);
  const [{ data }] = useRead({
    query: StaffTrendsDocument,
    variables: { department, period: { from: addMonths(to, -12 * YEARS), to } },
  });
  const trends = data?.department?.scorecard;
  const rate = wholeOf(wave, "participationRate");
  const others = [rate, wholeOf(wave, "burnout")].filter((one) => one !== undefined);
  const facts = [
    rate?.value != null && t("scorecard.tookPart", { share: written("SHARE", rate.value) }),
    !chosen.imported && t("staff.k", { k: number(chosen.k) }),
  ].filter((one) => one !== false);
  return (
    <>
      <div class="pair">
        {(["enps", "engagement"] as const).map((name) => {
          const measure = wholeOf(wave, name);
          const found = wave.results?.scores.find(({ statistic }) => statistic === name);
          return (
            measure && (
              <StaffLead
                key={name}
                measure={measure}
                before={before.get(name)}
                against={against}
                points={trends?.[name]?.trend ?? []}
                facts={[
                  ...(name === "enps" ? facts : []),
                  bandsSaid(found?.bands ?? []),
                  ...(found?.alpha == null ? [] : [alphaSaid(found.alpha)]),
                ]}
              />
            )
          );
        })}
      </div>
      {others.length > 0 && (
        <ul class="card rows two mt ex">
          {others.map((measure) => (
            <Row key={measure.id} measure={measure} before={before.get(measure.id)} />
          ))}
        </ul>
      )}
    </>
  );
}

const SCARCE = 0.7;

function alphaSaid(alpha: number): string {
  const shown = number(alpha, 2);
  return alpha < SCARCE
    ? t("staff.alphaLow", { alpha: shown })
    : t("staff.alpha", { alpha: shown });
}

interface LeadProps {
  measure: MeasureFragment;
  before: Earlier | undefined;
  against: WaveNameFragment | undefined;
  points: readonly Point[];
  facts: readonly string[];
}

function StaffLead({ measure, before, against, points, facts }: LeadProps) {
  const { metric, value, interval, status } = measure;
  const isLow = status === "LOW_BASE";
  const reason = reasonOf(measure);
  return (
    <article class="card lead ex" aria-label={metricName(metric)}>
      <div class="label">
        <h2>{metricName(metric)}</h2>
        <span class="key">{shortName(metric.key)}</span>
      </div>
      {status === "WITHHELD" ? (
        <div class="lead-few">
          <Withheld countedIn={null} />
          <CountedIn countedIn={measure.countedIn} />
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
          <Spark points={points} unit={metric.unit} metricKey={metric.key} side="ex" isByWave />
          <div class="says">
            {isLow && <p class="muted">{careOf(measure)}</p>}
            {against && !isLow && <Says measure={measure} before={before} against={against} />}
          </div>
        </>
      )}
      <p class="facts">
        <span>{baseOf(measure)}</span>
        {facts.filter(Boolean).map((fact) => (
          <span key={fact}>{fact}</span>
        ))}
        <HowCounted metric={metric} />
      </p>
    </article>
  );
}

type SaysProps = Pick<LeadProps, "measure" | "before"> & { against: WaveNameFragment };

function Says({ measure, before, against }: SaysProps) {
  const { timeZone } = useHere();
  const since = waveMonth(against, timeZone);
  const { change, metric } = measure;
  if (change === null) {
    return <p class="muted">{whyNotJudged(metric, before, since)}</p>;
  }
  return <Change change={change} metric={metric} since={since} />;
}
