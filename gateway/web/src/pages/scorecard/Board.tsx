import { useLiveRead } from "~/api/useLive.ts";
import { type LeadKey, leadingOf } from "~/parts/score/leading.ts";
import { ownRange } from "~/parts/score/units.ts";
import { periodName } from "~/place/names.ts";
import { usePlace } from "~/place/place.ts";
import { t } from "~/words/words.ts";
import { Lead } from "./Lead.tsx";
import { Now } from "./Now.tsx";
import { OfIndex } from "./OfIndex.tsx";
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
  /** Name of the department above. */
  above: string | undefined;
}

/** Customers and staff side by side, and what to do now. */
export function Board({ measures, before, trends, above }: Props) {
  const { period } = usePlace();
  const { key, lead, others } = leadingOf(measures);
  return (
    <div class="board">
      <section class="cx" aria-labelledby="h-cx">
        <div class="col-h">
          <h2 id="h-cx">{t("scorecard.customers")}</h2>
          <p>{t("scorecard.periodLive", { period: periodName(period) })}</p>
        </div>
        {lead && (
          <Lead
            score={lead}
            before={before?.[key]}
            side="cx"
            points={trends.customers}
            rest={lead.rest}
            explanation={lead.explanation}
            above={above}
          />
        )}
        <ul class="card rows">
          {others.map((score) => (
            <Row
              key={score.metric.key}
              score={score}
              before={before?.[score.metric.key as LeadKey]}
            />
          ))}
          {measures.own.map(({ key }) => (
            <OwnRow key={key} metric={key} />
          ))}
        </ul>
      </section>
      <StaffSide measures={measures} before={before} trends={trends} above={above} />
      <Now
        lead={key}
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
  return (
    <Row
      score={score}
      shown={ownRange(unit, calculation?.questionKind)}
      isListed={score.index === null}
    >
      {score.index && <OfIndex index={score.index} />}
    </Row>
  );
}
