import { useLiveRead } from "~/api/useLive.ts";
import { ownRange } from "~/parts/score/units.ts";
import { periodName } from "~/place/names.ts";
import { usePlace } from "~/place/place.ts";
import { t } from "~/words/words.ts";
import { Lead } from "./Lead.tsx";
import { Now } from "./Now.tsx";
import { type BeforeQuery, OwnMetricDocument } from "./queries.generated.ts";
import { Row } from "./Row.tsx";
import { variablesOf } from "./read.ts";
import { StaffSide } from "./StaffSide.tsx";
import type { Trends } from "./TrendCard.tsx";
import type { ScorecardData } from "./Verdict.tsx";
import { staffMeasures } from "./verdict.ts";

export type Before = NonNullable<NonNullable<BeforeQuery["department"]>["scorecard"]>;
type Measures = ScorecardData & { own: { key: string; name: string }[] };

interface Props {
  measures: Measures;
  before: Before | undefined;
  trends: Trends;
}

/** Customers and staff side by side, and what to do now. */
export function Board({ measures, before, trends }: Props) {
  const { period } = usePlace();
  return (
    <div class="board">
      <section class="cx" aria-labelledby="h-cx">
        <div class="col-h">
          <h2 id="h-cx">{t("scorecard.customers")}</h2>
          <p>{t("scorecard.periodLive", { period: periodName(period) })}</p>
        </div>
        {measures.nps && (
          <Lead score={measures.nps} before={before?.nps} side="cx" points={trends.customers} />
        )}
        <ul class="card rows">
          {measures.csat && <Row score={measures.csat} before={before?.csat} />}
          {measures.ces && <Row score={measures.ces} before={before?.ces} />}
          {measures.own.map(({ key }) => (
            <OwnRow key={key} metric={key} />
          ))}
        </ul>
      </section>
      <StaffSide measures={measures} before={before} trends={trends} />
      <Now
        measures={[
          measures.nps,
          measures.csat,
          measures.ces,
          measures.turnoverRate,
          ...staffMeasures(measures),
        ]}
      />
    </div>
  );
}

/** A metric of the organisation's own; read by itself, so that one that fails leaves the others. */
function OwnRow({ metric }: { metric: string }) {
  const place = usePlace();
  const [{ data }] = useLiveRead({
    query: OwnMetricDocument,
    variables: { ...variablesOf(place), compareTo: place.compareTo ?? null, metric },
  });
  const score = data?.department?.scorecard?.score;
  if (!score) return null;
  const { unit, calculation } = score.metric;
  return <Row score={score} shown={ownRange(unit, calculation?.questionKind)} />;
}
