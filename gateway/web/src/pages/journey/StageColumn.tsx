import { useEffect, useId } from "preact/hooks";
import type { ChangeVerdict } from "~/api/types.generated.ts";
import { useLiveRead } from "~/api/useLive.ts";
import { Skeleton } from "~/parts/Skeleton.tsx";
import { Change } from "~/parts/score/Change.tsx";
import { baseOf, careOf, reasonOf } from "~/parts/score/Face.tsx";
import type { LeadKey } from "~/parts/score/leading.ts";
import type { MeasureFragment } from "~/parts/score/measure.generated.ts";
import { Reason } from "~/parts/score/Reason.tsx";
import { couldBe, likely, written } from "~/parts/score/units.ts";
import { stageName } from "~/parts/stages.ts";
import { Trouble } from "~/parts/Trouble.tsx";
import { addressOf, usePlace } from "~/place/place.ts";
import { t } from "~/words/words.ts";
import type { Stage } from "./finding.ts";
import type { Tested } from "./judging.ts";
import { StageDocument } from "./queries.generated.ts";
import { Touchpoints } from "./Touchpoints.tsx";

interface Props {
  stage: Stage;
  at: number;
  lead: LeadKey;
  isLowest: boolean;
  whole: number | undefined;
  owners: ReadonlyMap<string, string>;
  /** What its change says beside those of the other stages; undefined until all are read. */
  verdict: ChangeVerdict | undefined;
  /** Hears the change of the stage, once that is read; null where there is none. */
  judge: (stage: string, change: Tested | null) => void;
}

/** One stage: its score with range, base and change, and its touchpoints; what fails leaves the other stages. */
export function StageColumn({
  stage: { key, score },
  at,
  lead,
  isLowest,
  whole,
  owners,
  verdict,
  judge,
}: Props) {
  const { department, period, compareTo, tree, includeSubtree } = usePlace();
  const id = useId();
  const [{ data, fetching }, read] = useLiveRead({
    query: StageDocument,
    variables: {
      key: department,
      period,
      compareTo: compareTo ?? null,
      tree,
      below: includeSubtree,
      stage: key ?? "",
      lead,
    },
    pause: key === null,
  });
  const again = () => read({ requestPolicy: "network-only" });
  const customers = data?.department?.scorecard?.customers;
  const isWorse = verdict === "CLEAR" && (customers?.change?.delta ?? 0) < 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what was read is told
  useEffect(() => {
    if (key !== null && !fetching) judge(key, customers?.change ?? null);
  }, [key, customers, fetching]);
  return (
    <section class={`stage c${at + 2} cx ${isLowest || isWorse ? "hot" : ""}`} aria-labelledby={id}>
      <div class="cell r1">
        <h2 id={id}>{key === null ? t("journey.noStage") : stageName(key)}</h2>
        <Value score={customers ?? score} verdict={verdict} />
        <Ways stage={key} lead={lead} />
      </div>
      <div class="cell r3">
        {customers?.breakdown && (
          <Touchpoints groups={customers.breakdown} whole={whole} owners={owners} />
        )}
        {key !== null && customers == null && fetching && <Skeleton />}
        {key !== null && customers == null && !fetching && (
          <Trouble what={stageName(key)} again={again} />
        )}
      </div>
    </section>
  );
}

interface ValueProps {
  score: MeasureFragment;
  verdict: ChangeVerdict | undefined;
}

function Value({ score, verdict }: ValueProps) {
  const { metric, value, interval, status, change } = score;
  if (value === null || interval === null)
    return (
      <p class="few">
        <Reason text={reasonOf(score)} />
      </p>
    );
  const isLow = status === "LOW_BASE";
  return (
    <>
      <p class={`stage-v ${isLow ? "low" : ""}`}>{written(metric.unit, value)}</p>
      <p class="xs muted">
        {isLow ? couldBe(metric.unit, interval) : likely(metric.unit, interval)}, {baseOf(score)}
      </p>
      {isLow && <p class="xs muted">{careOf(score)}</p>}
      {change && verdict && <Change change={{ ...change, verdict }} metric={metric} />}
    </>
  );
}

function Ways({ stage, lead }: { stage: string | null; lead: LeadKey }) {
  const place = usePlace();
  if (stage === null) return null;
  return (
    <p class="evid">
      <a href={addressOf("/answers", place, { metric: lead, stage })}>{t("journey.answers")}</a>
      <a href={addressOf("/comments", place, { stage })}>{t("journey.comments")}</a>
    </p>
  );
}
