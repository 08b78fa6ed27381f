import { isOfWaves } from "~/parts/score/Face.tsx";
import type { MeasureFragment } from "~/parts/score/measure.generated.ts";
import { written } from "~/parts/score/units.ts";
import { t } from "~/words/words.ts";
import type { Before } from "./Board.tsx";
import { Lead } from "./Lead.tsx";
import { OfWave } from "./OfWave.tsx";
import { Row } from "./Row.tsx";
import type { Trends } from "./TrendCard.tsx";
import type { ScorecardData } from "./Verdict.tsx";

interface Props {
  measures: ScorecardData;
  before: Before | undefined;
  trends: Trends;
  /** Name of the department above. */
  above: string | undefined;
}

/** What staff said in the latest wave of the period, and whether they leave; without a wave, leaving comes first. */
export function StaffSide({ measures, before, trends, above }: Props) {
  const { enps, turnoverRate, turnoverRateHeadcount } = measures;
  const told = OF_A_WAVE.filter(
    (name) => measures[name] != null && measures[name].status !== "NO_DATA",
  );
  const lead = told.find((name) => name !== "participationRate"); // which may have no range
  const first = lead && measures[lead];
  return (
    <section class="ex" aria-labelledby="h-ex">
      <div class="col-h">
        <h2 id="h-ex">{t("scorecard.staff")}</h2>
        <p>{first?.wave ? <OfWave wave={first.wave} /> : t("scorecard.fromEmployment")}</p>
      </div>
      {first ? (
        <Lead
          score={first}
          before={before?.[lead]}
          side="ex"
          points={lead === "enps" ? trends.waves : []}
          facts={tookPart(measures.participationRate, first.wave)}
        />
      ) : (
        turnoverRate && (
          <Lead
            score={turnoverRate}
            before={before?.turnoverRate}
            side="ex"
            points={trends.staff}
            rest={turnoverRate.rest}
            explanation={turnoverRate.explanation}
            above={above}
          />
        )
      )}
      <ul class="card rows">
        {told.map((name) => {
          const score = measures[name];
          return (
            name !== lead &&
            score && (
              <Row key={name} score={score} before={before?.[name]}>
                {score.wave && score.wave !== first?.wave && <OfWave wave={score.wave} />}
              </Row>
            )
          );
        })}
        {told.length === 0 && enps && isOfWaves(enps.metric) && <Row score={enps} />}
        {first && turnoverRate && <Row score={turnoverRate} before={before?.turnoverRate} />}
        {turnoverRateHeadcount && <Row score={turnoverRateHeadcount} />}
      </ul>
    </section>
  );
}

/** A wave may leave out some of them: then they are of an earlier one, or there are none. */
const OF_A_WAVE = ["enps", "engagement", "participationRate", "burnout"] as const;

/** How many took part in a wave; undefined where the rate is of another one, or not told. */
export function tookPart(rate: MeasureFragment | null, wave: string | null): string | undefined {
  if (rate?.value == null || rate.wave !== wave) return undefined;
  return t("scorecard.tookPart", { share: written("SHARE", rate.value) });
}
