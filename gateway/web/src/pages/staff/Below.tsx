import { useRead } from "~/api/useRead.ts";
import { ChartCard, type Table } from "~/parts/chart/ChartCard.tsx";
import { Skeleton } from "~/parts/Skeleton.tsx";
import { reasonOf } from "~/parts/score/Face.tsx";
import { Strip } from "~/parts/score/Strip.tsx";
import { couldBe, likely, shownRange, written } from "~/parts/score/units.ts";
import { Withheld } from "~/parts/score/Withheld.tsx";
import { Trouble } from "~/parts/Trouble.tsx";
import { addDays } from "~/place/days.ts";
import { addressOf, useHere, usePlace } from "~/place/place.ts";
import { t } from "~/words/words.ts";
import {
  type BelowScoreFragment,
  StaffBelowDocument,
  type WaveNameFragment,
} from "./queries.generated.ts";
import { measureOf } from "./scores.ts";
import { closedDay } from "./useWaves.ts";

interface Part {
  key: string;
  name: string;
  enps: BelowScoreFragment;
  rate: BelowScoreFragment | undefined;
  engaged: BelowScoreFragment | undefined;
}

/** The departments right below in the same wave, in the order of the tree, never by score. */
export function Below({ chosen }: { chosen: WaveNameFragment }) {
  const place = usePlace();
  const { timeZone } = useHere();
  const day = closedDay(chosen, timeZone);
  const [{ data, error, fetching }, again] = useRead({
    query: StaffBelowDocument,
    variables: { department: place.department, period: { from: day, to: addDays(day, 1) } },
  });
  const scorecard = data?.department?.scorecard;
  if (scorecard == null) {
    return fetching ? (
      <Skeleton lines={5} />
    ) : (
      error && (
        <Trouble
          what={t("scorecard.parts")}
          again={() => again({ requestPolicy: "network-only" })}
        />
      )
    );
  }
  const of = (groups: { key: string | null; score: BelowScoreFragment }[] | null | undefined) =>
    new Map((groups ?? []).map(({ key, score }) => [key, score]));
  const [rates, engaged] = [
    of(scorecard.participationRate?.breakdown),
    of(scorecard.engagement?.breakdown),
  ];
  const parts = (scorecard.enps?.breakdown ?? []).flatMap(({ key, label, score }): Part[] =>
    key === null
      ? []
      : [{ key, name: label, enps: score, rate: rates.get(key), engaged: engaged.get(key) }],
  );
  if (parts.length === 0) return null;
  return (
    <ChartCard
      title={t("staff.below")}
      sub={t("staff.belowSub")}
      note={t("staff.belowNote")}
      file="departments"
      table={() => tableOf(parts)}
    >
      <Rows parts={parts} whole={scorecard.enps?.value ?? undefined} chosen={chosen} />
    </ChartCard>
  );
}

interface RowsProps {
  parts: readonly Part[];
  whole: number | undefined;
  chosen: WaveNameFragment;
}

function Rows({ parts, whole, chosen }: RowsProps) {
  const place = usePlace();
  return (
    <table class="tbl fold">
      <caption class="vh">{t("staff.below")}</caption>
      <thead>
        <tr>
          <th scope="col">{t("scorecard.by_CHILD_DEPARTMENT")}</th>
          <th scope="col">{t("score.participationRate")}</th>
          <th scope="col">eNPS</th>
        </tr>
      </thead>
      <tbody>
        {parts.map(({ key, name, enps, rate }) => (
          <tr key={key}>
            <th scope="row">
              <a href={addressOf("/staff", { ...place, department: key }, { wave: chosen.key })}>
                <bdi>{name}</bdi>
              </a>
            </th>
            <td data-l={t("score.participationRate")}>
              <div>{shown(rate, "SHARE")}</div>
            </td>
            <td data-l="eNPS">
              <Face score={enps} whole={whole} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** One department's eNPS, or what stands in its place. */
function Face({ score, whole }: { score: BelowScoreFragment; whole: number | undefined }) {
  const { status, value, interval } = score;
  if (status === "WITHHELD") return <Withheld countedIn={score.countedIn} />;
  if (value === null || interval === null) return <p class="few">{reasonFor(score)}</p>;
  const isLow = status === "LOW_BASE";
  return (
    <div>
      <div class="ex">
        <Strip
          shown={shownRange("POINTS")}
          value={value}
          interval={interval}
          reference={whole}
          isLow={isLow}
        />
      </div>
      <b class={isLow ? "muted" : ""}>{written("POINTS", value)}</b>{" "}
      <span class="n">{isLow ? couldBe("POINTS", interval) : likely("POINTS", interval)}</span>
      {isLow && <span class="n"> {t("score.fewAnswersShort", { count: score.base ?? 0 })}</span>}
    </div>
  );
}

function reasonFor(score: BelowScoreFragment): string | undefined {
  const found = { statistic: "enps", bands: [], alpha: null, change: null, ...score };
  return reasonOf(measureOf(found));
}

/** A number, or why it is not there. */
function shown(score: BelowScoreFragment | undefined, unit: "POINTS" | "SHARE"): string | null {
  if (score === undefined) return t("score.absent");
  return score.value === null ? (reasonFor(score) ?? null) : written(unit, score.value);
}

function tableOf(parts: readonly Part[]): Table {
  return {
    caption: t("staff.below"),
    head: [
      t("scorecard.by_CHILD_DEPARTMENT"),
      t("score.participationRate"),
      "eNPS",
      t("score.engagement"),
    ],
    rows: parts.map(({ name, rate, enps, engaged }) => [
      name,
      shown(rate, "SHARE"),
      shown(enps, "POINTS"),
      shown(engaged, "SHARE"),
    ]),
  };
}
