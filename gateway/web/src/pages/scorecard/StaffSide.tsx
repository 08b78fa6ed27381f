import { useRead } from "~/api/useRead.ts";
import { isOfWaves } from "~/parts/score/Face.tsx";
import type { MeasureFragment } from "~/parts/score/measure.generated.ts";
import { written } from "~/parts/score/units.ts";
import { spoken } from "~/parts/texts.ts";
import { wallOf } from "~/place/clock.ts";
import { addressOf, useHere, usePlace } from "~/place/place.ts";
import { day } from "~/words/format.ts";
import { languageInUse, t } from "~/words/words.ts";
import type { Before } from "./Board.tsx";
import { Lead } from "./Lead.tsx";
import { WaveOfScoreDocument } from "./queries.generated.ts";
import { Row } from "./Row.tsx";
import type { Trends } from "./TrendCard.tsx";
import type { ScorecardData } from "./Verdict.tsx";

interface Props {
  measures: ScorecardData;
  before: Before | undefined;
  trends: Trends;
}

/** What staff said in the latest wave of the period, and whether they leave; without a wave, leaving comes first. */
export function StaffSide({ measures, before, trends }: Props) {
  const { enps, turnoverRate, turnoverRateHeadcount } = measures;
  const hasWave = enps != null && enps.status !== "NO_DATA";
  return (
    <section class="ex" aria-labelledby="h-ex">
      <div class="col-h">
        <h2 id="h-ex">{t("scorecard.staff")}</h2>
        <p>
          {hasWave && enps.wave !== null ? (
            <OfWave wave={enps.wave} />
          ) : (
            t("scorecard.fromEmployment")
          )}
        </p>
      </div>
      {hasWave ? (
        <Lead
          score={enps}
          before={before?.enps}
          side="ex"
          points={trends.waves}
          facts={tookPart(measures.participationRate)}
        />
      ) : (
        turnoverRate && (
          <Lead
            score={turnoverRate}
            before={before?.turnoverRate}
            side="ex"
            points={trends.staff}
          />
        )
      )}
      <ul class="card rows">
        {hasWave ? (
          <>
            {OF_A_WAVE.map((name) => {
              const score = measures[name];
              return (
                score &&
                score.status !== "NO_DATA" && (
                  <Row key={name} score={score} before={before?.[name]} />
                )
              );
            })}
            {turnoverRate && <Row score={turnoverRate} before={before?.turnoverRate} />}
          </>
        ) : (
          enps && isOfWaves(enps.metric) && <Row score={enps} />
        )}
        {turnoverRateHeadcount && <Row score={turnoverRateHeadcount} />}
      </ul>
    </section>
  );
}

const OF_A_WAVE = ["engagement", "participationRate", "burnout"] as const;

/** Which wave the numbers are of, and the way to all its results. */
function OfWave({ wave }: { wave: string }) {
  const place = usePlace();
  const { timeZone } = useHere();
  const [{ data }] = useRead({ query: WaveOfScoreDocument, variables: { key: wave } });
  const found = data?.wave;
  const closedAt = found?.closedAt;
  const name = found
    ? spoken({ text: found.name, texts: found.names }, found.language, languageInUse()).text
    : wave;
  return (
    <>
      <a href={addressOf("/staff", place, { wave })}>
        <bdi>{name}</bdi>
      </a>
      {closedAt &&
        ` · ${t("scorecard.closed", { day: day(wallOf(closedAt, timeZone).slice(0, 10)) })}`}
    </>
  );
}

function tookPart(rate: MeasureFragment | null): string | undefined {
  if (rate == null || rate.value === null) return undefined;
  return t("scorecard.tookPart", { share: written("SHARE", rate.value) });
}
