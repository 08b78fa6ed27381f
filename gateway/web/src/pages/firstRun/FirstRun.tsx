import type { ComponentChildren } from "preact";
import { useRead } from "~/api/useRead.ts";
import { Skeleton } from "~/parts/Skeleton.tsx";
import { addDays } from "~/place/days.ts";
import { useHere, usePlace } from "~/place/place.ts";
import { useViewer } from "~/shell/viewer.ts";
import { number } from "~/words/format.ts";
import { t } from "~/words/words.ts";
import { type BasesFragment, FirstRunDocument } from "./queries.generated.ts";

const SINCE_EVER = "1990-01-01";

/** What to do first, in an organisation where nothing was ever measured; `otherwise` where something was. */
export function FirstRun({ otherwise }: { otherwise: ComponentChildren }) {
  const { department } = usePlace();
  const { today } = useHere();
  const { roles } = useViewer();
  const [{ data, fetching }] = useRead({
    query: FirstRunDocument,
    variables: { key: department, period: { from: SINCE_EVER, to: addDays(today, 1) } },
    requestPolicy: "cache-and-network",
  });
  if (data === undefined && fetching)
    return (
      <>
        <h1 class="verdict" tabIndex={-1}>
          {t("shell.scorecard")}
        </h1>
        <Skeleton lines={6} />
      </>
    );
  const scorecard = (data?.organization ?? data?.department)?.scorecard;
  if (scorecard == null || isMeasured(scorecard)) return <>{otherwise}</>;
  const sets = roles.has("ADMIN") || roles.has("ANALYST");
  return (
    <>
      <h1 class="verdict" tabIndex={-1}>
        {t("firstRun.title")}
      </h1>
      <p class="verdict-2">{t(sets ? "firstRun.lede" : "firstRun.wait")}</p>
      {sets && (
        <Steps
          departments={(data?.departments?.totalCount ?? 1) - 1}
          surveys={data?.surveys?.totalCount ?? 0}
          givesRights={roles.has("ADMIN")}
        />
      )}
      {sets && (
        <p class="small muted mt">
          {t("firstRun.looking")} <code>cxm up --data-dir demo</code>
        </p>
      )}
    </>
  );
}

function isMeasured(scorecard: BasesFragment): boolean {
  const { nps, csat, ces, turnoverRate } = scorecard;
  return [nps, csat, ces, turnoverRate].some((score) => (score?.base ?? 0) > 0);
}

interface StepsProps {
  /** Below the root. */
  departments: number;
  surveys: number;
  givesRights: boolean;
}

/** Departments, answers, staff, rights; what is done is marked, and the first that is not has the main button. */
function Steps({ departments, surveys, givesRights }: StepsProps) {
  const isSet = departments > 0;
  return (
    <div class="card mt">
      <ol class="steps">
        <li class={isSet ? "done" : ""}>
          <span>
            {t(isSet ? "firstRun.departmentsAre" : "firstRun.departments")}
            {isSet && (
              <span class="small muted">
                {" "}
                {t("firstRun.count", { count: number(departments) })}
              </span>
            )}
          </span>
          <a class={isSet ? "btn" : "btn primary"} href="/tree">
            {t("firstRun.toTree")}
          </a>
        </li>
        <li>
          <span>{t("firstRun.answers")}</span>
          <span class="acts2">
            <a class="btn" href={surveys > 0 ? "/surveys" : "/surveys/new"}>
              {surveys > 0
                ? t("firstRun.toSurveys", { count: number(surveys) })
                : t("firstRun.toSurvey")}
            </a>
            <a class={isSet ? "btn primary" : "btn"} href="/import">
              {t("firstRun.toImport")}
            </a>
          </span>
        </li>
        <li>
          <span>{t("firstRun.staff")}</span>
          <a class="btn" href="/import">
            {t("firstRun.toStaff")}
          </a>
        </li>
        {givesRights && (
          <li>
            <span>{t("firstRun.rights")}</span>
            <a class="btn" href="/people">
              {t("firstRun.toPeople")}
            </a>
          </li>
        )}
      </ol>
    </div>
  );
}
