import { useLiveRead } from "~/api/useLive.ts";
import type { MeasureFragment } from "~/parts/score/measure.generated.ts";
import { Trouble } from "~/parts/Trouble.tsx";
import { usePlace } from "~/place/place.ts";
import { useViewer } from "~/shell/viewer.ts";
import { t } from "~/words/words.ts";
import { partsOf } from "./parts.ts";
import { PartsDocument } from "./queries.generated.ts";
import { firstParts } from "./read.ts";
import { countsOf } from "./rest.ts";
import { belowRest, lacking, worsenings } from "./todos.ts";

const AT_MOST = 3;

/** At most three things, each with its reason and its base. */
export function Now({ measures }: { measures: (MeasureFragment | null | undefined)[] }) {
  const place = usePlace();
  const [{ data, error }, again] = useLiveRead({
    query: PartsDocument,
    variables: firstParts(place),
  });
  const { roles } = useViewer();
  const scorecard = data?.department?.scorecard;
  const whole = countsOf(scorecard?.nps?.distribution ?? []);
  const todos = [
    ...belowRest(partsOf(scorecard?.nps?.touchpoints), whole, place),
    ...worsenings(measures, place),
    ...lacking(measures, roles.has("ADMIN") || roles.has("ANALYST")),
  ];
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
        {todos.length === 0 ? (
          data !== undefined &&
          error === undefined && (
            <p class="small muted">
              {t(hasScore ? "scorecard.nothingNow" : "scorecard.noScoreNow")}
            </p>
          )
        ) : (
          <ol class="todo">
            {todos.slice(0, AT_MOST).map(({ tag, title, text, href, link }) => (
              <li key={title}>
                <p class="tag">{tag}</p>
                <h3>{title}</h3>
                <p>{text}</p>
                {href && <a href={href}>{link}</a>}
              </li>
            ))}
          </ol>
        )}
      </div>
    </section>
  );
}
