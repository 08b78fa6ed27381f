import { readAhead } from "~/api/readAhead.ts";
import { useLive, useLiveRead } from "~/api/useLive.ts";
import { CommentsCard } from "~/pages/comments/CommentsCard.tsx";
import { DriversCard } from "~/pages/drivers/DriversCard.tsx";
import { FirstRun } from "~/pages/firstRun/FirstRun.tsx";
import { LinkCard } from "~/pages/linkage/LinkCard.tsx";
import { Skeleton } from "~/parts/Skeleton.tsx";
import { leadingOf } from "~/parts/score/leading.ts";
import { Trouble } from "~/parts/Trouble.tsx";
import { useLater } from "~/parts/useLater.ts";
import { type Place, usePlace } from "~/place/place.ts";
import { usePageTitle } from "~/shell/usePageTitle.ts";
import { t } from "~/words/words.ts";
import { Board } from "./Board.tsx";
import { Breakdown } from "./Breakdown.tsx";
import { Distribution } from "./Distribution.tsx";
import { Footer } from "./Footer.tsx";
import { BeforeDocument, ScorecardDocument } from "./queries.generated.ts";
import { variablesOf } from "./read.ts";
import { Tools } from "./Tools.tsx";
import { TrendCard, type Trends, useTrends } from "./TrendCard.tsx";
import { type ScorecardData, Verdict } from "./Verdict.tsx";

const asked = (place: Place) => ({
  ...variablesOf(place),
  compareTo: place.compareTo ?? null,
});

export function ahead(place: Place): void {
  readAhead(ScorecardDocument, asked(place));
}

/** How customers and staff of a department feel, whether that changes, and where it comes from. */
export default function Scorecard() {
  const place = usePlace();
  const variables = variablesOf(place);
  usePageTitle(t("shell.scorecard"));
  const [read, again] = useLiveRead({
    query: ScorecardDocument,
    variables: asked(place),
  });
  const scorecard = read.data?.department?.scorecard;
  const [before] = useLiveRead({
    query: BeforeDocument,
    variables: { ...variables, period: place.compareTo ?? place.period },
    pause: place.compareTo === undefined,
  });
  const leadKey = scorecard == null ? "nps" : leadingOf(scorecard).key;
  const trends = useTrends(place, leadKey);
  const renew = () => again({ requestPolicy: "network-only" });
  useLive(place.department);
  if (scorecard == null) {
    return (
      <>
        <h1 class="verdict" tabIndex={-1}>
          {t("shell.scorecard")}
        </h1>
        {read.fetching ? (
          <Skeleton lines={6} />
        ) : (
          <Trouble what={t("scorecard.scores")} again={renew} />
        )}
      </>
    );
  }
  const measures = {
    ...scorecard,
    own: (read.data?.metricDefinitions ?? []).filter(({ builtIn }) => !builtIn),
  };
  const { nps, csat, ces, turnoverRate, enps } = scorecard;
  const isEmpty =
    [nps, csat, ces, turnoverRate].every((score) => (score?.base ?? 0) === 0) &&
    (enps == null || enps.status === "NO_DATA");
  const page = (
    <>
      <Tools />
      <Verdict scorecard={scorecard} />
      {read.error && <Trouble what={t("scorecard.someScores")} again={renew} />}
      <Board
        measures={measures}
        before={before.data?.department?.scorecard ?? undefined}
        trends={trends}
        above={read.data?.department?.parent?.name}
      />
      <Below scorecard={scorecard} trends={trends} />
    </>
  );
  return isEmpty ? <FirstRun otherwise={page} /> : page;
}

/** What lies below the first screen is drawn after it. */
function Below({ scorecard, trends }: { scorecard: ScorecardData; trends: Trends }) {
  if (!useLater()) return <Skeleton lines={8} />;
  const { key, lead } = leadingOf(scorecard);
  return (
    <>
      <div class="pair">
        <TrendCard trends={trends} lead={key} score={lead} />
        <Distribution score={scorecard.nps} />
      </div>
      <DriversCard />
      <Breakdown lead={key} unit={lead?.metric.unit ?? "POINTS"} />
      <LinkCard lead={key} unit={lead?.metric.unit ?? "POINTS"} />
      <CommentsCard lead={key} />
      <Footer scorecard={scorecard} />
    </>
  );
}
