import { useEffect } from "preact/hooks";
import { useLiveRead } from "~/api/useLive.ts";
import { useRead } from "~/api/useRead.ts";
import { ChartCard } from "~/parts/chart/ChartCard.tsx";
import { Skeleton } from "~/parts/Skeleton.tsx";
import { metricName } from "~/parts/score/names.ts";
import { fromTo } from "~/parts/score/units.ts";
import { Trouble } from "~/parts/Trouble.tsx";
import { spoken } from "~/parts/texts.ts";
import { periodName } from "~/place/names.ts";
import { usePlace } from "~/place/place.ts";
import { useViewer } from "~/shell/viewer.ts";
import { percent } from "~/words/format.ts";
import { languageInUse, t } from "~/words/words.ts";
import {
  type Analysis,
  type NameOf,
  ordered,
  placed,
  said,
  standing,
  tableOf,
  titleOf,
} from "./found.ts";
import { Going } from "./Going.tsx";
import { Quadrants } from "./Quadrants.tsx";
import { DriversDocument, QuestionsOfSurveyDocument } from "./queries.generated.ts";
import { StartDrivers } from "./StartDrivers.tsx";

const LOOK_EVERY_MS = 1_000;

/** What goes together with a score: the newest analysis, how far one is that goes on, and the way to another. */
export function DriversCard() {
  const { department } = usePlace();
  const { roles } = useViewer();
  const [{ data, error, fetching }, read] = useLiveRead({
    query: DriversDocument,
    variables: { key: department },
  });
  const again = () => read({ requestPolicy: "network-only" });
  const latest = data?.department?.latest?.[0];
  const goesOn = latest?.state === "WAITING" || latest?.state === "RUNNING";
  // biome-ignore lint/correctness/useExhaustiveDependencies: each answer asks for the next, while one goes on
  useEffect(() => {
    if (!goesOn) return;
    const timer = setTimeout(again, LOOK_EVERY_MS);
    return () => clearTimeout(timer);
  }, [goesOn, data]);
  if (data?.department?.latest == null) {
    if (fetching && data === undefined) return <Skeleton lines={6} />;
    return error ? <Trouble what={t("drivers.what")} again={again} /> : null;
  }
  const mayStart = roles.has("ADMIN") || roles.has("ANALYST") || roles.has("DEPARTMENT_HEAD");
  const found = data.department.drivers;
  const more = (
    <div class="search">
      {latest !== undefined && <Going of={latest} mayCancel={mayStart} changed={again} />}
      {mayStart && !goesOn && <StartDrivers key={department} started={again} />}
    </div>
  );
  if (found === null)
    return mayStart || goesOn ? (
      <section class="card wide" aria-labelledby="h-drivers">
        <h2 id="h-drivers">{t("drivers.none")}</h2>
        {more}
      </section>
    ) : null;
  return (
    <div class="wide" id="drivers">
      <Found of={found}>{more}</Found>
    </div>
  );
}

interface Props {
  of: Analysis;
  children: preact.ComponentChildren;
}

function Found({ of, children }: Props) {
  const nameOf = useNames(of.survey);
  const all = ordered(of.drivers);
  const outcome =
    of.metric === null
      ? nameOf(of.outcome)
      : metricName({ key: of.metric, name: nameOf(of.outcome) });
  const sub = t("drivers.sub", { outcome });
  const shown = placed(all);
  return (
    <ChartCard
      title={titleOf(of, nameOf)}
      sub={sub}
      note={noteOf(of)}
      file="drivers"
      table={() => tableOf(of, sub, nameOf)}
      controls={children}
    >
      {of.status !== null && of.status !== "OK" && (
        <p class="few mt">{t(`drivers.status_${of.status}`, { count: of.base ?? 0 })}</p>
      )}
      {shown.length > 0 && <Quadrants all={shown} drivers={all} label={sub} />}
      <ol class="items mt">
        {all.map((driver, at) => (
          <li key={driver.question ?? said(driver)}>
            <b>{`${at + 1}. ${nameOf(driver.question)}`}</b>{" "}
            <span class="small muted">
              {[standing(driver), said(driver)].filter(Boolean).join(": ")}
            </span>
          </li>
        ))}
      </ol>
    </ChartCard>
  );
}

function noteOf({ base, explained, explainedInterval, status, period }: Analysis): string {
  const parts = [t("drivers.note")];
  parts.push(t("drivers.basis", { count: base ?? 0, period: periodName(period) }));
  if (status === "OK" && explained !== null && explainedInterval !== null) {
    const range = fromTo("SHARE", explainedInterval);
    parts.push(t("drivers.explained", { share: percent(explained), range }));
  }
  return parts.join(" ");
}

/** The words of the questions of a survey, in the language of the page where it has them. */
function useNames(survey: string): NameOf {
  const [{ data }] = useRead({ query: QuestionsOfSurveyDocument, variables: { key: survey } });
  const found = data?.survey;
  return (key) => {
    if (key === null) return t("drivers.noLonger");
    const question = found?.questions.find((each) => each.key === key);
    if (question === undefined) return key;
    return spoken(question, found?.language ?? null, languageInUse()).text;
  };
}
