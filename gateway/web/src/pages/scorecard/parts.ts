import type { ScoreDimension } from "~/api/types.generated.ts";
import type { Table } from "~/parts/chart/ChartCard.tsx";
import { languageName } from "~/parts/languageTag.ts";
import type { MeasureFragment } from "~/parts/score/measure.generated.ts";
import { fromTo, written } from "~/parts/score/units.ts";
import { stageName } from "~/parts/stages.ts";
import { number } from "~/words/format.ts";
import { t } from "~/words/words.ts";
import type { GroupFragment, StaffGroupFragment } from "./queries.generated.ts";
import { type Counts, countsOf } from "./rest.ts";

type Groups<Group> = readonly Group[] | null | undefined;

/** One part of a department, by some cut: what customers and staff say there. */
export interface Part {
  /** "" for what has no such part. */
  key: string;
  label: string;
  customers: MeasureFragment | undefined;
  staff: MeasureFragment | undefined;
  /** Of the customers' answers; undefined where they have no value. */
  counts?: Counts | undefined;
}

/** Groups of customers and staff joined by key; by the customers' score, few answers last. */
export function partsOf(
  ofCustomers: Groups<GroupFragment>,
  ofStaff?: Groups<StaffGroupFragment>,
): Part[] {
  const [customers, staff] = [ofCustomers ?? [], ofStaff ?? []];
  const staffOf = new Map(staff.map(({ key, score }) => [key, score]));
  const known = new Set(customers.map(({ key }) => key));
  const parts = [
    ...customers.map((group) => ({
      ...part(group, group.score, staffOf.get(group.key)),
      counts: group.score.distribution ? countsOf(group.score.distribution) : undefined,
    })),
    ...staff.filter(({ key }) => !known.has(key)).map((one) => part(one, undefined, one.score)),
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

/** The customers' answers of each part that has a value. */
export function countsByPart(parts: readonly Part[]): Map<string, Counts> {
  return new Map(parts.flatMap(({ key, counts }) => (counts ? [[key, counts]] : [])));
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

/** What the parts say in a sentence. */
export function findingOf(parts: readonly Part[], by: ScoreDimension): string {
  const [kind, found] = standsApart(parts) ?? [];
  if (kind !== undefined && found !== undefined)
    return t(`scorecard.${kind}`, { name: nameOf(found, by) });
  const judged = parts.filter(({ customers }) => customers?.status === "OK");
  return t(judged.length >= 2 ? "scorecard.noPartApart" : "scorecard.partsTitle");
}

/** What is shown of staff beside customers: what they said in a wave, or that they leave; by its unit. */
export type StaffCut = "POINTS" | "PER_YEAR";
export const STAFF_NAME = { POINTS: "score.enps", PER_YEAR: "score.turnoverRate" } as const;

/** The parts as a table; staff only where it has this cut. */
export function tableOf(
  parts: readonly Part[],
  by: ScoreDimension,
  staff: StaffCut | undefined,
): Table {
  return {
    caption: t("scorecard.partsTitle"),
    head: [
      t(`scorecard.by_${by}`),
      t("score.nps"),
      t("scorecard.range"),
      t("scorecard.answersColumn"),
      ...(staff ? [t(STAFF_NAME[staff])] : []),
    ],
    rows: parts.map((one) => [
      nameOf(one, by),
      one.customers?.value == null ? null : written("POINTS", one.customers.value),
      one.customers?.interval ? fromTo("POINTS", one.customers.interval) : null,
      one.customers?.base == null ? null : number(one.customers.base),
      ...(staff ? [one.staff?.value == null ? null : written(staff, one.staff.value)] : []),
    ]),
  };
}
