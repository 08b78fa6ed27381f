import { useState } from "preact/hooks";
import type { ChangeVerdict } from "~/api/types.generated.ts";
import { useLive, useLiveRead } from "~/api/useLive.ts";
import { Skeleton } from "~/parts/Skeleton.tsx";
import { baseOf } from "~/parts/score/Face.tsx";
import type { LeadKey } from "~/parts/score/leading.ts";
import type { MeasureFragment } from "~/parts/score/measure.generated.ts";
import { likely, written } from "~/parts/score/units.ts";
import { useLead } from "~/parts/score/useLead.ts";
import { byStage, stageName } from "~/parts/stages.ts";
import { Trouble } from "~/parts/Trouble.tsx";
import { periodName } from "~/place/names.ts";
import { usePlace } from "~/place/place.ts";
import { usePageTitle } from "~/shell/usePageTitle.ts";
import { list } from "~/words/format.ts";
import { rich, t } from "~/words/words.ts";
import { Curve } from "./Curve.tsx";
import { type Finding, findingOf, type Stage } from "./finding.ts";
import { type Tested, type Tests, verdictsOf } from "./judging.ts";
import { Legend } from "./Legend.tsx";
import { JourneyDocument } from "./queries.generated.ts";
import { StageColumn } from "./StageColumn.tsx";
import { useOwners } from "./useOwners.ts";

/** More columns than this stand below each other, as on a phone. */
const COLUMNS = 7;

/** How customers feel at each stage of their journey, in the order in which they meet them. */
export default function Journey() {
  const place = usePlace();
  const { lead } = useLead();
  const [tests, setTests] = useState<Tests>(new Map());
  const [{ data, fetching }, read] = useLiveRead({
    query: JourneyDocument,
    variables: {
      key: place.department,
      period: place.period,
      tree: place.tree,
      below: place.includeSubtree,
      lead,
    },
  });
  const again = () => read({ requestPolicy: "network-only" });
  useLive(place.department);
  usePageTitle(t("journey.title"));
  const customers = data?.department?.scorecard?.customers;
  if (customers == null)
    return (
      <>
        <h1 class="verdict" tabIndex={-1}>
          {t("journey.title")}
        </h1>
        {fetching ? <Skeleton lines={6} /> : <Trouble what={t("journey.what")} again={again} />}
      </>
    );
  const judge = (stage: string, change: Tested | null) =>
    setTests((known) => new Map([...known, [stage, change]]));
  const stages: Stage[] = (customers.breakdown ?? [])
    .map(({ key, score }) => ({ key, score }))
    .sort((one, other) => byStage(one.key, other.key));
  const named = stages.flatMap(({ key }) => (key === null ? [] : [key]));
  const verdicts = verdictsOf(named, tests);
  const isWorse = (key: string) =>
    verdicts.get(key) === "CLEAR" && (tests.get(key)?.delta ?? 0) < 0;
  return (
    <>
      {customers.breakdown === null ? (
        <>
          <h1 class="verdict" tabIndex={-1}>
            {t("journey.title")}
          </h1>
          <Trouble what={t("journey.what")} again={again} />
        </>
      ) : (
        <Verdict
          finding={findingOf(stages)}
          worse={named.filter(isWorse)}
          lead={lead}
          whole={customers}
        />
      )}
      {stages.length > 0 && (
        <StageMap stages={stages} lead={lead} whole={customers} verdicts={verdicts} judge={judge} />
      )}
    </>
  );
}

interface VerdictProps {
  lead: LeadKey;
  finding: Finding;
  /** Stages that are clearly worse than before, in their order. */
  worse: string[];
  whole: MeasureFragment;
}

function Verdict({ finding, worse, lead, whole }: VerdictProps) {
  const { period } = usePlace();
  return (
    <>
      <h1 class="verdict" tabIndex={-1}>
        {worse.length > 0 && <>{rich("journey.worse", { names: list(worse.map(stageName)) })} </>}
        {sentence(finding)}
      </h1>
      <p class="verdict-2">
        {t(`journey.sameQuestion_${lead}`)}{" "}
        {whole.value !== null &&
          whole.interval !== null &&
          t("journey.whole", {
            period: periodName(period),
            value: written(whole.metric.unit, whole.value),
            range: likely(whole.metric.unit, whole.interval),
            base: baseOf(whole) ?? "",
          })}
      </p>
    </>
  );
}

function sentence(finding: Finding) {
  if ("key" in finding) return rich(`journey.${finding.kind}`, { name: stageName(finding.key) });
  if ("keys" in finding)
    return rich(`journey.${finding.kind}`, { names: list(finding.keys.map(stageName)) });
  return rich(`journey.${finding.kind}`);
}

interface MapProps {
  lead: LeadKey;
  stages: Stage[];
  whole: MeasureFragment;
  verdicts: ReadonlyMap<string, ChangeVerdict>;
  judge: (stage: string, change: Tested | null) => void;
}

function StageMap({ stages, lead, whole, verdicts, judge }: MapProps) {
  const owners = useOwners();
  const finding = findingOf(stages);
  const lowest = finding.kind === "lowest" ? finding.key : undefined;
  const columns = stages.length > COLUMNS ? "long" : `n${stages.length}`;
  return (
    <>
      <div class={`card journey jm ${columns}`}>
        <p class="lane r1">{t(`score.${lead}`)}</p>
        <p class="lane r2">{t("journey.laneCurve")}</p>
        <p class="lane r3">{t("journey.laneTouchpoints")}</p>
        <Curve stages={stages} lead={lead} unit={whole.metric.unit} />
        {stages.map((stage, at) => (
          <StageColumn
            key={stage.key}
            stage={stage}
            at={at}
            lead={lead}
            isLowest={stage.key !== null && stage.key === lowest}
            whole={whole.value ?? undefined}
            owners={owners}
            verdict={verdicts.get(stage.key ?? "")}
            judge={judge}
          />
        ))}
      </div>
      <Legend whole={whole} />
    </>
  );
}
