import { useQuery } from "@urql/preact";
import { useState } from "preact/hooks";
import type { ScoreDimension } from "~/api/types.generated.ts";
import { ChartCard } from "~/parts/chart/ChartCard.tsx";
import { Skeleton } from "~/parts/Skeleton.tsx";
import { reasonOf, shortCareOf } from "~/parts/score/Face.tsx";
import type { MeasureFragment } from "~/parts/score/measure.generated.ts";
import { Strip } from "~/parts/score/Strip.tsx";
import { fromTo, type Span, tick, written } from "~/parts/score/units.ts";
import { Trouble } from "~/parts/Trouble.tsx";
import { type Place, usePlace } from "~/place/place.ts";
import { number } from "~/words/format.ts";
import { t } from "~/words/words.ts";
import { LEADS_TO } from "./leads.ts";
import { PartsDocument, type PartsQuery } from "./queries.generated.ts";
import { variablesOf } from "./read.ts";

const CUTS: readonly ScoreDimension[] = [
  "CHILD_DEPARTMENT",
  "TOUCHPOINT",
  "STAGE",
  "CHANNEL",
  "SEGMENT",
  "LANGUAGE",
];

type Scorecard = NonNullable<NonNullable<PartsQuery["department"]>["scorecard"]>;
type Group = NonNullable<NonNullable<Scorecard["nps"]>["breakdown"]>[number];

interface Part {
  key: string;
  label: string;
  customers: MeasureFragment | undefined;
  staff: MeasureFragment | undefined;
}

/** Where the number comes from: the parts of the department, by one cut at a time. */
export function Breakdown() {
  const place = usePlace();
  const [by, setBy] = useState<ScoreDimension>("CHILD_DEPARTMENT");
  const withStaff = by === "CHILD_DEPARTMENT";
  const [{ data, error, fetching }, again] = useQuery({
    query: PartsDocument,
    variables: { ...variablesOf(place), by, withStaff },
  });
  const scorecard = data?.department?.scorecard;
  const parts = partsOf(scorecard);
  return (
    <div class="wide">
      <ChartCard
        title={finding(parts)}
        sub={t("scorecard.breakdownSub")}
        note={t("scorecard.breakdownNote")}
        file="breakdown"
        table={tableOf(parts, by)}
      >
        <fieldset class="search" aria-label={t("scorecard.by")}>
          {CUTS.map((cut) => (
            <button
              key={cut}
              class="btn"
              type="button"
              aria-pressed={cut === by}
              onClick={() => setBy(cut)}
            >
              {t(`scorecard.by_${cut}`)}
            </button>
          ))}
        </fieldset>
        {error && scorecard == null && (
          <Trouble
            what={t("scorecard.parts")}
            again={() => again({ requestPolicy: "network-only" })}
          />
        )}
        {fetching && scorecard === undefined ? (
          <Skeleton lines={5} />
        ) : (
          <Parts
            parts={parts}
            place={place}
            by={by}
            whole={scorecard?.nps?.value ?? undefined}
            withStaff={withStaff}
            staffWhole={scorecard?.turnoverRate?.value ?? undefined}
          />
        )}
      </ChartCard>
    </div>
  );
}

/** Groups of customers and staff joined by key; by the customers' score, few answers last. */
export function partsOf(scorecard: Scorecard | null | undefined): Part[] {
  const staff = new Map(
    (scorecard?.turnoverRate?.breakdown ?? []).map((group) => [group.key, group.score]),
  );
  const customers = scorecard?.nps?.breakdown ?? [];
  const known = new Set(customers.map(({ key }) => key));
  const others = (scorecard?.turnoverRate?.breakdown ?? []).filter(({ key }) => !known.has(key));
  const parts = [
    ...customers.map((group: Group) => part(group, group.score, staff.get(group.key))),
    ...others.map((group) => part(group, undefined, group.score)),
  ];
  return parts.sort((one, other) => rank(other) - rank(one));
}

function part(
  group: { key: string | null; label: string },
  customers?: MeasureFragment,
  staff?: MeasureFragment,
): Part {
  return { key: group.key ?? "", label: group.label, customers, staff };
}

function rank({ customers }: Part): number {
  if (customers?.status === "OK") return customers.value ?? 0;
  return customers?.status === "LOW_BASE" ? -1_000 : -2_000;
}

/** The part that stands apart from all others; nothing where no range parts from the next. */
function finding(parts: Part[]): string {
  const ok = parts.filter(({ customers }) => customers?.status === "OK");
  const [last, next] = [ok.at(-1), ok.at(-2)];
  const [first, second] = [ok[0], ok[1]];
  if (ok.length >= 2 && apart(next, last))
    return t("scorecard.lowest", { name: last?.label ?? "" });
  if (ok.length >= 2 && apart(first, second))
    return t("scorecard.highest", { name: first?.label ?? "" });
  return ok.length >= 2 ? t("scorecard.noPartApart") : t("scorecard.partsTitle");
}

function apart(better: Part | undefined, worse: Part | undefined): boolean {
  const [above, below] = [better?.customers?.interval, worse?.customers?.interval];
  return above != null && below != null && above.low > below.high;
}

interface PartsProps {
  parts: Part[];
  place: Place;
  by: ScoreDimension;
  whole: number | undefined;
  staffWhole: number | undefined;
  withStaff: boolean;
}

const NPS: Span = { low: -100, high: 100 };
const LEAVING: Span = { low: 0, high: 1 };

function Parts({ parts, place, by, whole, staffWhole, withStaff }: PartsProps) {
  if (parts.length === 0) return <p class="few mt">{t("scorecard.noParts")}</p>;
  return (
    <ul class={withStaff ? "bd" : "bd one"}>
      <li class="bd-h" aria-hidden="true">
        <span />
        <Head shown={NPS} unit="POINTS" name={t("score.nps")} whole={whole} side="cx" />
        {withStaff && (
          <Head
            shown={LEAVING}
            unit="PER_YEAR"
            name={t("score.turnoverRate")}
            whole={staffWhole}
            side="ex"
          />
        )}
      </li>
      {parts.map((one) => (
        <li key={one.key}>
          <div>
            <h3>
              {one.key !== "" && by in LEADS_TO ? (
                <a href={LEADS_TO[by as keyof typeof LEADS_TO](place, one.key)}>{one.label}</a>
              ) : (
                one.label ||
                t(by === "CHILD_DEPARTMENT" ? "scorecard.directlyHere" : "scorecard.notNamed")
              )}
            </h3>
            {one.customers?.base != null && (
              <span class="n">{t("score.answers", { count: one.customers.base })}</span>
            )}
          </div>
          <Cell
            score={one.customers}
            shown={NPS}
            reference={whole}
            side="cx"
            label={t("scorecard.customers")}
          />
          {withStaff && (
            <Cell
              score={one.staff}
              shown={LEAVING}
              reference={staffWhole}
              side="ex"
              label={t("scorecard.staff")}
            />
          )}
        </li>
      ))}
    </ul>
  );
}

interface HeadProps {
  shown: Span;
  unit: "POINTS" | "PER_YEAR";
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

interface CellProps {
  score: MeasureFragment | undefined;
  shown: Span;
  reference: number | undefined;
  side: "cx" | "ex";
  label: string;
}

function Cell({ score, shown, reference, side, label }: CellProps) {
  const reason = score === undefined ? t("score.noData") : reasonOf(score);
  if (score === undefined || reason !== undefined || score.value === null) {
    return (
      <div class={`bd-cell ${side}`} data-l={label}>
        <p class="few">{reason}</p>
      </div>
    );
  }
  const isLow = score.status === "LOW_BASE";
  const { unit } = score.metric;
  return (
    <div class={`bd-cell ${side}`} data-l={label}>
      <Strip
        shown={shown}
        value={score.value}
        interval={score.interval}
        reference={reference}
        isLow={isLow}
      />
      <span class={`v ${isLow ? "low" : ""}`}>{written(unit, score.value)}</span>
      <span class="vs muted">
        {isLow ? shortCareOf(score) : score.interval && fromTo(unit, score.interval)}
      </span>
    </div>
  );
}

function tableOf(parts: Part[], by: ScoreDimension) {
  return {
    caption: t("scorecard.partsTitle"),
    head: [
      t(`scorecard.by_${by}`),
      t("score.nps"),
      t("scorecard.range"),
      t("scorecard.answersColumn"),
      t("score.turnoverRate"),
    ],
    rows: parts.map(({ label, customers, staff }) => [
      label,
      customers?.value == null ? null : written("POINTS", customers.value),
      customers?.interval ? fromTo("POINTS", customers.interval) : null,
      customers?.base == null ? null : number(customers.base),
      staff?.value == null ? null : written("PER_YEAR", staff.value),
    ]),
  };
}
