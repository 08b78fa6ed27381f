import type { ComponentChildren } from "preact";
import type { MeasureFragment } from "~/parts/score/measure.generated.ts";
import { metricName } from "~/parts/score/names.ts";
import { addDays } from "~/place/days.ts";
import { periodName } from "~/place/names.ts";
import { useHere, usePlace } from "~/place/place.ts";
import { day, list } from "~/words/format.ts";
import { rich, t } from "~/words/words.ts";
import type { ScorecardQuery } from "./queries.generated.ts";
import {
  type CustomerVerdict,
  customersFeel,
  lookAt,
  staffFeel,
  staffMeasures,
  staffStay,
} from "./verdict.ts";

export type ScorecardData = NonNullable<NonNullable<ScorecardQuery["department"]>["scorecard"]>;

/** One or two sentences that could be said aloud, and what to look at. */
export function Verdict({ scorecard }: { scorecard: ScorecardData }) {
  const { period, compareTo, tree } = usePlace();
  const { today } = useHere();
  const customers = [scorecard.nps, scorecard.csat, scorecard.ces];
  const since = compareTo === undefined ? "" : periodName(compareTo, period);
  const feel = customersFeel(customers);
  const staff = staffMeasures(scorecard);
  const staffs = staffFeel(staff);
  const stay = staffStay(scorecard.turnoverRate);
  const saysStay = staffs === undefined || stay === "moreLeave" || stay === "fewerLeave";
  const all = [...customers, ...staff, scorecard.turnoverRate];
  const look = lookAt(all);
  const isJudged = all.some((one) => one?.change != null);
  return (
    <>
      <h1 class="verdict" tabIndex={-1}>
        {customersSentence(feel, since)}{" "}
        {staffs && <>{rich(`scorecard.staffFeel_${staffs}`, { since })} </>}
        {saysStay && rich(`scorecard.staff_${stay}`)}
      </h1>
      <p class="verdict-2">
        {look.clear.length > 0 && `${t("scorecard.lookClear", { names: namesOf(look.clear) })} `}
        {look.weak.length > 0 && t("scorecard.lookWeak", { names: namesOf(look.weak) })}
        {look.clear.length + look.weak.length === 0 && isJudged && t("scorecard.nothingToLookAt")}
      </p>
      {period.from <= today && today < period.to && (
        <p class="verdict-2">{t("scorecard.running", { until: day(addDays(period.to, -1)) })}</p>
      )}
      {scorecard.movesInPeriod > 0 && (
        <p class="verdict-2">
          {`${t("scorecard.moves", { count: scorecard.movesInPeriod })} `}
          {t(tree === "TODAY" ? "scorecard.movesToday" : "scorecard.movesThen")}
        </p>
      )}
    </>
  );
}

function customersSentence(feel: CustomerVerdict, since: string): ComponentChildren {
  switch (feel) {
    case "unjudged":
    case "tooFew":
    case "none":
      return rich(`scorecard.customers_${feel}`);
    default:
      return rich(`scorecard.customers_${feel}`, { since });
  }
}

function namesOf(measures: readonly MeasureFragment[]): string {
  return list(measures.map(({ metric }) => t("scorecard.quoted", { name: metricName(metric) })));
}
