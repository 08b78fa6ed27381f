import type { AlertAction } from "~/api/types.generated.ts";
import { Refusals } from "~/parts/Refusals.tsx";
import { metricName } from "~/parts/score/names.ts";
import { written } from "~/parts/score/units.ts";
import { useDeed } from "~/parts/useDeed.ts";
import { addressOf, useHere, usePlace } from "~/place/place.ts";
import { useViewer } from "~/shell/viewer.ts";
import { day, moment } from "~/words/format.ts";
import { t } from "~/words/words.ts";
import { AcknowledgeAlertDocument, type AlertShownFragment } from "./queries.generated.ts";

interface Props {
  alert: AlertShownFragment;
  /** Called once something was said about it. */
  said: () => void;
}

/** A score that fell: how far, on how many answers, since when, where, by which rule, and what is done about it. */
export function AlertItem({ alert, said }: Props) {
  const place = usePlace();
  const { timeZone } = useHere();
  const { metric, department, touchpoint, segment } = alert;
  const name = metricName(metric);
  const filter = touchpoint ? { touchpoint: touchpoint.key } : {};
  return (
    <li class="alert">
      <p class="tag">{t("alerts.tag")}</p>
      <h3>
        {department.key === place.department
          ? name
          : t("alerts.titleIn", { metric: name, department: department.name })}
      </h3>
      <p>
        {t("alerts.text", {
          noticed: moment(alert.raisedAt, timeZone),
          value: toldValue(alert),
          answers: t("score.answers", { count: alert.base }),
          usual: written(metric.unit, alert.usual),
          day: day(alert.since),
        })}
        {touchpoint && ` ${t("alerts.atTouchpoint", { name: touchpoint.name })}`}
        {segment !== null && ` ${t("alerts.inSegment", { name: segment })}`}
      </p>
      <p class="small muted">{t("alerts.rule")}</p>
      <a href={addressOf("/comments", { ...place, department: department.key }, filter)}>
        {t("comments.read")}
      </a>
      <Acknowledge alert={alert} said={said} />
    </li>
  );
}

function toldValue({ metric: { unit }, value, valueInterval }: AlertShownFragment): string {
  if (!valueInterval) return written(unit, value);
  const low = written(unit, valueInterval.low);
  const high = written(unit, valueInterval.high);
  return `${written(unit, value)}, ${t("score.likely", { low, high })}`;
}

function Acknowledge({ alert, said }: Props) {
  const { roles } = useViewer();
  const { perform, refusals, isBusy } = useDeed(
    AcknowledgeAlertDocument,
    (data) => data.acknowledgeAlert.userErrors,
  );
  const say = async (action: AlertAction) => {
    if (isBusy) return;
    if ((await perform({ input: { id: alert.id, action } })) !== undefined) said();
  };
  const isActed = alert.acknowledgement !== null;
  const may = roles.has("ADMIN") || roles.has("DEPARTMENT_HEAD");
  return (
    <>
      {isActed && <p class="small">{t("alerts.acted")}</p>}
      {may && (
        <div class="acts">
          {!isActed && (
            <button class="btn" type="button" onClick={() => say("ACTING")}>
              {t("alerts.act")}
            </button>
          )}
          <button class="btn" type="button" onClick={() => say("NO_ACTION")}>
            {t("alerts.noAction")}
          </button>
        </div>
      )}
      <Refusals of={refusals} />
    </>
  );
}
