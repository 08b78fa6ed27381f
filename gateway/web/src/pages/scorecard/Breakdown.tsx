import { useState } from "preact/hooks";
import type { MetricUnit, ScoreDimension } from "~/api/types.generated.ts";
import { useLiveRead } from "~/api/useLive.ts";
import { ChartCard } from "~/parts/chart/ChartCard.tsx";
import { Skeleton } from "~/parts/Skeleton.tsx";
import type { Leading } from "~/parts/score/leading.ts";
import { type Span, shownRange, tick, written } from "~/parts/score/units.ts";
import { Trouble } from "~/parts/Trouble.tsx";
import { type Place, usePlace } from "~/place/place.ts";
import { t } from "~/words/words.ts";
import { LEADS_TO } from "./leads.ts";
import { OfParts } from "./OfParts.tsx";
import { OfWave } from "./OfWave.tsx";
import { Cell } from "./PartCell.tsx";
import {
  findingOf,
  NO_STAFF,
  nameOf,
  otherWave,
  type Part,
  partsOf,
  placesOf,
  STAFF_NAME,
  type StaffCut,
  tableOf,
} from "./parts.ts";
import { PartsDocument } from "./queries.generated.ts";
import { firstParts } from "./read.ts";

const CUTS: readonly ScoreDimension[] = [
  "CHILD_DEPARTMENT",
  "TOUCHPOINT",
  "STAGE",
  "CHANNEL",
  "SEGMENT",
  "LANGUAGE",
];

/** Where the number comes from: the parts of the department, by one cut at a time. */
export function Breakdown({ lead, unit }: Leading) {
  const place = usePlace();
  const [by, setBy] = useState<ScoreDimension>("CHILD_DEPARTMENT");
  const withStaff = by === "CHILD_DEPARTMENT";
  const [{ data, error, fetching }, again] = useLiveRead({
    query: PartsDocument,
    ...(withStaff
      ? { variables: firstParts(place, lead), requestPolicy: "cache-first" } // `Now` has asked for the same
      : { variables: { ...firstParts(place, lead), by, isFirst: false } }),
  });
  const scorecard = data?.department?.scorecard;
  const hasWave = withStaff && scorecard?.enps != null && scorecard.enps.status !== "NO_DATA";
  const ofStaff = hasWave ? scorecard.enps : scorecard?.turnoverRate;
  const parts = partsOf(scorecard?.customers?.breakdown, ofStaff?.breakdown);
  return (
    <div class="wide" id="parts">
      <ChartCard
        title={findingOf(parts, by)}
        sub={t("scorecard.breakdownSub")}
        note={t("scorecard.breakdownNote")}
        file="breakdown"
        table={() => tableOf(parts, by, { lead, unit }, withStaff ? staffCut(hasWave) : undefined)}
        controls={<Cuts by={by} choose={setBy} />}
      >
        {error && (
          <Trouble
            what={t("scorecard.parts")}
            again={() => again({ requestPolicy: "network-only" })}
          />
        )}
        {fetching && data === undefined && <Skeleton lines={5} />}
        {data !== undefined && (parts.length > 0 || error === undefined) && (
          <Parts
            parts={parts}
            place={place}
            by={by}
            lead={lead}
            unit={unit}
            whole={scorecard?.customers?.value ?? undefined}
            staff={withStaff ? staffCut(hasWave) : undefined}
            staffWhole={ofStaff?.value ?? undefined}
            wave={(hasWave ? scorecard.enps?.wave : null) ?? undefined}
          />
        )}
        {parts.length > 0 && <OfParts by={by} lead={lead} />}
      </ChartCard>
    </div>
  );
}

interface CutsProps {
  by: ScoreDimension;
  choose: (cut: ScoreDimension) => void;
}

function Cuts({ by, choose }: CutsProps) {
  return (
    <fieldset class="search" aria-label={t("scorecard.by")}>
      {CUTS.map((cut) => (
        <button
          key={cut}
          class="btn"
          type="button"
          aria-pressed={cut === by}
          onClick={() => choose(cut)}
        >
          {t(`scorecard.by_${cut}`)}
        </button>
      ))}
    </fieldset>
  );
}

interface PartsProps extends Leading {
  parts: Part[];
  place: Place;
  by: ScoreDimension;
  whole: number | undefined;
  staffWhole: number | undefined;
  /** What is shown of staff; undefined where they have no such cut. */
  staff: StaffCut | undefined;
  /** The wave that the number of the whole is of. */
  wave: string | undefined;
}

function staffCut(hasWave: boolean): StaffCut {
  return hasWave ? "POINTS" : "PER_YEAR";
}

function Parts({ parts, place, by, lead, unit, whole, staffWhole, staff, wave }: PartsProps) {
  if (parts.length === 0) return <p class="few mt">{t("scorecard.noParts")}</p>;
  return (
    <ul class={staff ? "bd" : "bd one"}>
      <li class="bd-h" aria-hidden="true">
        <span />
        <Head
          shown={shownRange(unit, lead)}
          unit={unit}
          name={t(`score.${lead}`)}
          whole={whole}
          side="cx"
        />
        {staff && (
          <Head
            shown={shownRange(staff)}
            unit={staff}
            name={t(STAFF_NAME[staff])}
            whole={staffWhole}
            side="ex"
          />
        )}
      </li>
      {parts.map((one) => (
        <PartRow
          key={one.key}
          part={one}
          place={place}
          by={by}
          lead={lead}
          unit={unit}
          whole={whole}
          staff={staff}
          staffWhole={staffWhole}
          wave={wave}
        />
      ))}
    </ul>
  );
}

function PartRow({
  part,
  place,
  by,
  lead,
  unit,
  whole,
  staffWhole,
  staff,
  wave,
}: Omit<PartsProps, "parts"> & { part: Part }) {
  const name = nameOf(part, by);
  const other = otherWave(part, wave);
  return (
    <li>
      <div>
        <h3>
          {part.key !== "" && by in LEADS_TO ? (
            <a href={LEADS_TO[by as keyof typeof LEADS_TO](place, part.key)}>{name}</a>
          ) : (
            name
          )}
        </h3>
        {part.customers?.base != null && (
          <span class="n">
            {[t("score.answers", { count: part.customers.base }), placesOf(part)]
              .filter((said) => said !== undefined)
              .join(" · ")}
          </span>
        )}
      </div>
      <Cell
        score={part.customers}
        shown={shownRange(unit, lead)}
        reference={whole}
        side="cx"
        label={t("scorecard.customers")}
        none={t("score.noData")}
      />
      {staff && (
        <Cell
          score={part.staff}
          shown={shownRange(staff)}
          reference={staffWhole}
          side="ex"
          label={t("scorecard.staff")}
          none={t(NO_STAFF[staff])}
        >
          {other !== undefined && <OfWave wave={other} department={part.key} />}
        </Cell>
      )}
    </li>
  );
}

interface HeadProps {
  shown: Span;
  unit: MetricUnit;
  name: string;
  whole: number | undefined;
  side: "cx" | "ex";
}

function Head({ shown, unit, name, whole, side }: HeadProps) {
  return (
    <div class={`bd-cell ${side}`}>
      <svg class="strip fluid" height="18" aria-hidden="true">
        {!isNear(whole, shown.low, shown) && (
          <text x="0" y="12">
            {tick(unit, shown.low)}
          </text>
        )}
        {whole !== undefined && (
          <text
            class="strong"
            x={`${((whole - shown.low) / (shown.high - shown.low)) * 100}%`}
            y="12"
            text-anchor="middle"
          >
            {t("scorecard.all", { value: written(unit, whole) })}
          </text>
        )}
        {!isNear(whole, shown.high, shown) && (
          <text x="100%" y="12" text-anchor="end">
            {tick(unit, shown.high)}
          </text>
        )}
      </svg>
      <span />
      <span>{name}</span>
    </div>
  );
}

/** Whether the label of the whole would lie on that of an end. */
function isNear(whole: number | undefined, end: number, { low, high }: Span): boolean {
  return whole !== undefined && Math.abs(whole - end) / (high - low) < 0.25;
}
