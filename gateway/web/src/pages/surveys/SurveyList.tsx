import { useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { useRead } from "~/api/useRead.ts";
import { Skeleton } from "~/parts/Skeleton.tsx";
import { Trouble } from "~/parts/Trouble.tsx";
import { usePageTitle } from "~/shell/usePageTitle.ts";
import { number } from "~/words/format.ts";
import { t } from "~/words/words.ts";
import { SurveyCountsDocument, type SurveyState, SurveysDocument } from "./queries.generated.ts";
import { Heads, Rows } from "./Rows.tsx";
import { STATES } from "./states.ts";

/** All surveys by key, of one state where the address says so. */
export default function SurveyList() {
  usePageTitle(t("surveys.surveys"));
  const { query } = useLocation();
  const state = STATES.find((one) => one === query["state"]);
  return (
    <>
      <Verdict />
      <div class="acts">
        <a class="btn primary" href="/surveys/new">
          {t("surveys.new")}
        </a>
      </div>
      <States chosen={state} />
      <List key={state ?? ""} state={state} />
    </>
  );
}

function Verdict() {
  const [{ data }] = useRead({ query: SurveyCountsDocument });
  const { all, drafts, scheduled, paused } = data ?? {};
  return (
    <>
      <h1 class="verdict" tabIndex={-1}>
        {data?.live == null
          ? t("surveys.surveys")
          : t("surveys.openNow", { count: data.live.totalCount })}
      </h1>
      {all && drafts && scheduled && paused && all.totalCount > 0 && (
        <p class="verdict-2">
          {t("surveys.others", {
            all: number(all.totalCount),
            drafts: number(drafts.totalCount),
            scheduled: number(scheduled.totalCount),
            paused: number(paused.totalCount),
          })}
        </p>
      )}
    </>
  );
}

function States({ chosen }: { chosen: SurveyState | undefined }) {
  return (
    <nav class="tabs" aria-label={t("surveys.byState")}>
      {[undefined, ...STATES].map((state) => (
        <a
          key={state ?? ""}
          href={state === undefined ? "/surveys" : `/surveys?state=${state}`}
          aria-current={state === chosen ? "page" : undefined}
        >
          {state === undefined ? t("surveys.everyState") : t(`surveys.state_${state}`)}
        </a>
      ))}
    </nav>
  );
}

/** One table of as many pages as were asked for. */
function List({ state }: { state: SurveyState | undefined }) {
  const [after, setAfter] = useState<(string | null)[]>([null]);
  const [{ data, error, fetching }, again] = useRead({
    query: SurveysDocument,
    variables: { after: null, state: state ?? null },
  });
  if (data?.surveys == null) {
    return fetching && error === undefined ? (
      <Skeleton lines={6} />
    ) : (
      <Trouble what={t("surveys.surveys")} again={() => again({ requestPolicy: "network-only" })} />
    );
  }
  if (data.surveys.edges.length === 0) return <Empty isFiltered={state !== undefined} />;
  return (
    <section class="card mt">
      <table class="tbl fold">
        <caption class="vh">{t("surveys.surveys")}</caption>
        <Heads />
        {after.map((cursor, at) => (
          <Rows
            key={cursor ?? ""}
            after={cursor}
            state={state}
            more={at === after.length - 1 ? (next) => setAfter([...after, next]) : undefined}
          />
        ))}
      </table>
    </section>
  );
}

function Empty({ isFiltered }: { isFiltered: boolean }) {
  return (
    <section class="card mt">
      <h2>{isFiltered ? t("surveys.noneInState") : t("surveys.none")}</h2>
      <p class="lede">{isFiltered ? t("surveys.seeAll") : t("surveys.noneYet")}</p>
    </section>
  );
}
