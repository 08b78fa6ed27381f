import { useLiveRead } from "~/api/useLive.ts";
import { AlertItem } from "~/pages/alerts/AlertItem.tsx";
import { useAlerts } from "~/pages/alerts/useAlerts.ts";
import type { LeadKey } from "~/parts/score/leading.ts";
import type { MeasureFragment } from "~/parts/score/measure.generated.ts";
import { Trouble } from "~/parts/Trouble.tsx";
import { usePlace } from "~/place/place.ts";
import { useViewer } from "~/shell/viewer.ts";
import { t } from "~/words/words.ts";
import { partsOf } from "./parts.ts";
import { PartsDocument } from "./queries.generated.ts";
import { firstParts } from "./read.ts";
import { belowRest, lacking, worsenings } from "./todos.ts";

const AT_MOST = 3;
const ALERTS_AT_MOST = 2;

interface Props {
  measures: (MeasureFragment | null | undefined)[];
  /** The measure of customers that leads. */
  lead: LeadKey;
}

/** At most three things, each with its reason and its base; what is worse than usual first. */
export function Now({ measures, lead }: Props) {
  const place = usePlace();
  const [{ data, error }, again] = useLiveRead({
    query: PartsDocument,
    variables: firstParts(place, lead),
  });
  const { alerts, isFailed, again: readAlerts } = useAlerts();
  const { roles } = useViewer();
  const scorecard = data?.department?.scorecard;
  const todos = [
    ...belowRest(partsOf(scorecard?.customers?.touchpoints), place),
    ...worsenings(measures, place),
    ...lacking(measures, roles.has("ADMIN") || roles.has("ANALYST")),
  ];
  const shown = alerts.slice(0, ALERTS_AT_MOST);
  const hasScore = measures.some((one) => one?.value != null);
  return (
    <section class="now" aria-labelledby="h-now">
      <div class="col-h">
        <h2 id="h-now">{t("scorecard.now")}</h2>
      </div>
      <div class="card">
        {error && (
          <Trouble
            what={t("scorecard.tasks")}
            again={() => again({ requestPolicy: "network-only" })}
          />
        )}
        {isFailed && <Trouble what={t("alerts.alerts")} again={readAlerts} />}
        {todos.length + alerts.length === 0 ? (
          data !== undefined &&
          error === undefined && (
            <p class="small muted">
              {t(hasScore ? "scorecard.nothingNow" : "scorecard.noScoreNow")}
            </p>
          )
        ) : (
          <ol class="todo">
            {shown.map((alert) => (
              <AlertItem key={alert.id} alert={alert} said={readAlerts} />
            ))}
            {todos.slice(0, AT_MOST - shown.length).map(({ tag, title, text, href, link }) => (
              <li key={title}>
                <p class="tag">{tag}</p>
                <h3>{title}</h3>
                <p>{text}</p>
                {href && <a href={href}>{link}</a>}
              </li>
            ))}
          </ol>
        )}
        {alerts.length > shown.length && (
          <p class="small muted">{t("alerts.more", { count: alerts.length - shown.length })}</p>
        )}
      </div>
    </section>
  );
}
