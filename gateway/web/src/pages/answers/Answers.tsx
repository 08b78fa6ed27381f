import type { ComponentChildren } from "preact";
import { useLocation } from "preact-iso";
import { useRead } from "~/api/useRead.ts";
import { OnePage, Pages } from "~/parts/Pages.tsx";
import { baseOf, reasonOf } from "~/parts/score/Face.tsx";
import type { MeasureFragment } from "~/parts/score/measure.generated.ts";
import { metricName } from "~/parts/score/names.ts";
import { Reason } from "~/parts/score/Reason.tsx";
import { likely, written } from "~/parts/score/units.ts";
import { stageName } from "~/parts/stages.ts";
import { Trouble } from "~/parts/Trouble.tsx";
import { periodName } from "~/place/names.ts";
import { addressOf, type Place, usePlace } from "~/place/place.ts";
import { usePageTitle } from "~/shell/usePageTitle.ts";
import { number } from "~/words/format.ts";
import { rich, t } from "~/words/words.ts";
import { type Behind, behindOf, scoreFilter } from "./filters.ts";
import { AnswersDocument, BehindDocument } from "./queries.generated.ts";
import { Response } from "./Response.tsx";

const A_PAGE = 20;

/** The responses that a number counts, the newest first. */
export default function Answers() {
  const place = usePlace();
  const behind = behindOf(useLocation().query);
  const variables = variablesOf(place, behind);
  const { touchpoint } = behind.filter;
  const [{ data, fetching }, again] = useRead({
    query: BehindDocument,
    variables: { ...variables, named: touchpoint !== undefined },
  });
  usePageTitle(t("answers.title"));
  const score = data?.department?.scorecard?.score;
  return (
    <>
      <h1 class="verdict" tabIndex={-1}>
        {score == null
          ? t("answers.title")
          : rich("answers.heading", { count: score.base ?? 0, name: metricName(score.metric) })}
      </h1>
      {score == null && !fetching && (
        <Trouble
          what={t("answers.number")}
          again={() => again({ requestPolicy: "network-only" })}
        />
      )}
      {score != null && <p class="verdict-2">{inWords(score)}</p>}
      <Chosen
        place={place}
        behind={behind}
        touchpoint={nameOf(touchpoint, data?.department?.whole?.score?.breakdown)}
      />
      <section class="card mt" aria-label={t("answers.title")}>
        <p class="small muted">{t("answers.newest")}</p>
        <Pages
          key={JSON.stringify(variables)}
          page={(page) => <AnswersPage place={place} behind={behind} {...page} />}
        />
      </section>
    </>
  );
}

function variablesOf({ department, period, tree, includeSubtree }: Place, behind: Behind) {
  return {
    key: department,
    period,
    tree,
    below: includeSubtree,
    metric: behind.metric,
    filter: scoreFilter(behind),
  };
}

function inWords(score: MeasureFragment): ComponentChildren {
  const { metric, value, interval } = score;
  if (value === null || interval === null) return <Reason text={reasonOf(score)} />;
  return t("answers.value", {
    value: written(metric.unit, value),
    range: likely(metric.unit, interval),
    base: baseOf(score) ?? number(0),
  });
}

/** What a touchpoint is called; its key where nothing was answered there. */
function nameOf(
  key: string | undefined,
  groups: readonly { key: string | null; label: string }[] | null | undefined,
): string | undefined {
  return groups?.find((group) => group.key === key)?.label ?? key;
}

interface ChosenProps {
  place: Place;
  behind: Behind;
  /** What the touchpoint is called. */
  touchpoint: string | undefined;
}

/** What the number was cut by, and the ways out: all answers, the comments of the same cut. */
function Chosen({ place, behind: { metric, filter }, touchpoint }: ChosenProps) {
  const { stage } = filter;
  const isCut = touchpoint !== undefined || stage !== undefined;
  return (
    <p class="small ways">
      {stage !== undefined && <span>{t("answers.ofStage", { name: stageName(stage) })}</span>}
      {touchpoint !== undefined && <span>{t("answers.ofTouchpoint", { name: touchpoint })}</span>}
      {isCut && <a href={addressOf("/answers", place, { metric })}>{t("answers.allAnswers")}</a>}
      <a href={addressOf("/comments", place, filter)}>{t("answers.comments")}</a>
      <a href={addressOf("/departments", place)}>{t("answers.scorecard")}</a>
    </p>
  );
}

interface PageProps {
  place: Place;
  behind: Behind;
  after: string | null;
  more?: ((after: string) => void) | undefined;
}

function AnswersPage({ place, behind, after, more }: PageProps) {
  const [{ data, fetching }, again] = useRead({
    query: AnswersDocument,
    variables: { ...variablesOf(place, behind), first: A_PAGE, after },
  });
  const found = data?.department?.scorecard?.score?.responses;
  return (
    <OnePage
      after={after}
      more={more}
      what={t("answers.what")}
      read={{
        fetching,
        page: found && {
          ...found,
          items: found.edges.map(({ node }) => <Response key={node.response} response={node} />),
        },
      }}
      again={() => again({ requestPolicy: "network-only" })}
      empty={<p class="few mt">{t("answers.none", { period: periodName(place.period) })}</p>}
    />
  );
}
