import type { ScoreDimension } from "~/api/types.generated.ts";
import type { Table } from "~/parts/chart/ChartCard.tsx";
import { languageName } from "~/parts/languageTag.ts";
import { reasonOf } from "~/parts/score/Face.tsx";
import type { Leading } from "~/parts/score/leading.ts";
import type { MeasureFragment } from "~/parts/score/measure.generated.ts";
import { fromTo, written } from "~/parts/score/units.ts";
import { stageName } from "~/parts/stages.ts";
import { list, number } from "~/words/format.ts";
import { t } from "~/words/words.ts";
import type { GroupFragment } from "./queries.generated.ts";

type Groups = readonly GroupFragment[] | null | undefined;
/** What stands in a part: the number, and the rest beside it. */
export type PartScore = GroupFragment["score"];

/** One part of a department, by some cut: what customers and staff say there. */
export interface Part {
  /** "" for what has no such part. */
  key: string;
  label: string;
  customers: PartScore | undefined;
  staff: PartScore | undefined;
  /** Of the customers' score among those of the other parts. */
  places?: GroupFragment["places"];
}

/** Groups of customers and staff joined by key; by the customers' score, few answers last. */
export function partsOf(ofCustomers: Groups, ofStaff?: Groups): Part[] {
  const [customers, staff] = [ofCustomers ?? [], ofStaff ?? []];
  const staffOf = new Map(staff.map(({ key, score }) => [key, score]));
  const known = new Set(customers.map(({ key }) => key));
  const parts = [
    ...customers.map((group) => ({
      ...part(group, group.score, staffOf.get(group.key)),
      places: group.places,
    })),
    ...staff.filter(({ key }) => !known.has(key)).map((one) => part(one, undefined, one.score)),
  ];
  return parts.sort((one, other) => rank(other) - rank(one));
}

function part(
  group: { key: string | null; label: string },
  customers?: PartScore,
  staff?: PartScore,
): Part {
  return { key: group.key ?? "", label: group.label, customers, staff };
}

function rank({ customers }: Part): number {
  if (customers?.status === "OK") return customers.value ?? 0;
  return customers?.status === "LOW_BASE" ? -1_000 : -2_000;
}

/** Which places a part may have; those it shares with others cannot be told apart. */
export function placesOf({ places }: Part): string | undefined {
  if (places == null) return undefined;
  const { best, worst, of } = places;
  return t(best === worst ? "scorecard.place" : "scorecard.places", { best, worst, all: of });
}

/** What a part is called in the language of the page. */
export function nameOf({ key, label }: Part, by: ScoreDimension): string {
  if (key === "")
    return label || t(by === "CHILD_DEPARTMENT" ? "scorecard.directlyHere" : "scorecard.notNamed");
  if (by === "STAGE") return stageName(key);
  return by === "LANGUAGE" ? languageName(key) : label;
}

/** The part whose likely range lies apart from those of all others: the lowest, else the highest. */
export function standsApart(parts: readonly Part[]): ["lowest" | "highest", Part] | undefined {
  const ok = parts.filter(({ customers }) => customers?.status === "OK");
  if (ok.length < 2) return undefined;
  const others = (one: Part) => ok.filter((other) => other !== one);
  const lowest = ok.find((one) => others(one).every((other) => isAbove(other, one)));
  if (lowest !== undefined) return ["lowest", lowest];
  const highest = ok.find((one) => others(one).every((other) => isAbove(one, other)));
  return highest && ["highest", highest];
}

function isAbove(better: Part, worse: Part): boolean {
  const [above, below] = [better.customers?.interval, worse.customers?.interval];
  return above != null && below != null && above.low > below.high;
}

/** Whether a part with few answers stands still lower, or higher: nobody can tell whether it is. */
function isBeyond(parts: readonly Part[], kind: "lowest" | "highest", found: Part): boolean {
  const value = found.customers?.value ?? 0;
  return parts.some(({ customers }) => {
    if (customers?.status !== "LOW_BASE" || customers.value === null) return false;
    return kind === "lowest" ? customers.value < value : customers.value > value;
  });
}

/** Whether a part is clearly below, or above, the rest of the answers. */
function isClear({ customers }: Part, isBelow: boolean): boolean {
  const change = customers?.rest?.change;
  return change?.verdict === "CLEAR" && change.delta < 0 === isBelow;
}

/** What the parts say in a sentence: one that is apart from each other part, else those apart from the rest together. */
export function findingOf(parts: readonly Part[], by: ScoreDimension): string {
  const [kind, found] = standsApart(parts) ?? [];
  if (kind !== undefined && found !== undefined)
    return t(`scorecard.${kind}${isBeyond(parts, kind, found) ? "OfEnough" : ""}`, {
      name: nameOf(found, by),
    });
  for (const [side, isBelow] of [
    ["partsBelow", true],
    ["partsAbove", false],
  ] as const) {
    const names = parts.filter((one) => isClear(one, isBelow)).map((one) => nameOf(one, by));
    if (names.length > 0) return t(`scorecard.${side}`, { names: list(names) });
  }
  const judged = parts.filter(({ customers }) => customers?.status === "OK");
  return t(judged.length >= 2 ? "scorecard.noPartApart" : "scorecard.partsTitle");
}

/** What is shown of staff beside customers: what they said in a wave, or that they leave; by its unit. */
export type StaffCut = "POINTS" | "PER_YEAR";
export const STAFF_NAME = { POINTS: "score.enps", PER_YEAR: "score.turnoverRate" } as const;

/** Said of a part that has no such score. */
export const NO_STAFF = { POINTS: "score.absent", PER_YEAR: "score.noRecords" } as const;

/** The wave that a number of a part is of, where that is not the wave of the whole: of each the latest that asked it. */
export function otherWave({ staff }: Part, whole: string | undefined): string | undefined {
  return staff?.wave == null || staff.wave === whole ? undefined : staff.wave;
}

/** The parts as a table; staff only where it has this cut, and of what they said the key of the wave. */
export function tableOf(
  parts: readonly Part[],
  by: ScoreDimension,
  { lead, unit }: Leading,
  staff: StaffCut | undefined,
): Table {
  return {
    caption: t("scorecard.partsTitle"),
    head: [
      t(`scorecard.by_${by}`),
      t(`score.${lead}`),
      t("scorecard.range"),
      t("scorecard.answersColumn"),
      ...(staff ? [t(STAFF_NAME[staff])] : []),
      ...(staff === "POINTS" ? [t("staff.wave")] : []),
    ],
    rows: parts.map((one) => [
      nameOf(one, by),
      one.customers?.value == null ? null : written(unit, one.customers.value),
      one.customers?.interval ? fromTo(unit, one.customers.interval) : null,
      one.customers?.base == null ? null : number(one.customers.base),
      ...(staff ? [staffCell(one.staff, staff)] : []),
      ...(staff === "POINTS" ? [one.staff?.wave ?? null] : []),
    ]),
  };
}

function staffCell(score: MeasureFragment | undefined, staff: StaffCut): string | null {
  if (score === undefined) return t(NO_STAFF[staff]);
  return score.value === null ? (reasonOf(score) ?? null) : written(staff, score.value);
}
