import type {
  IndexItemInput,
  MetricDenominator,
  MetricStatistic,
  QuestionKind,
  RegisterMetricInput,
} from "~/api/types.generated.ts";
import { keyOf } from "~/parts/keyOf.ts";
import { type Calculation, type Definition, isIndex } from "./definitions.ts";
import type { QuestionsToMeasureQuery } from "./queries.generated.ts";

type IndexItem = Calculation["items"][number];
export type Question = NonNullable<QuestionsToMeasureQuery["survey"]>["questions"][number];

/** Kinds whose scale is the same in every survey, so that a metric can read them wherever they are asked. */
export const KINDS = ["NPS", "CSAT", "CES", "CES1"] as const satisfies readonly QuestionKind[];
export const STATISTICS = [
  "SHARE",
  "TOP_BOX",
  "MEAN",
  "NET",
] as const satisfies readonly MetricStatistic[];

/** Beside KINDS and "" (one question): what else a metric reads. */
export const ONE_ITEM = "ITEM";
export const INDEX = "INDEX";

/** What a form for a metric holds; all as written. */
export interface Draft {
  name: string;
  /** Undefined: made from the name. */
  key: string | undefined;
  /** One of KINDS, ONE_ITEM or INDEX, or "" for a question of a survey. */
  kind: string;
  /** Key of a standard item: of ONE_ITEM. */
  item: string;
  /** Of INDEX; questions of a survey among them stay as they were. */
  items: IndexItemInput[];
  survey: string;
  question: string;
  option: string;
  statistic: MetricStatistic;
  answers: string[];
  against: string[];
  top: string;
  denominator: MetricDenominator;
  minimumBase: string;
  higherIsBetter: boolean;
}

export const EMPTY: Draft = {
  name: "",
  key: undefined,
  kind: "CSAT",
  item: "",
  items: [],
  survey: "",
  question: "",
  option: "",
  statistic: "SHARE",
  answers: [],
  against: [],
  top: "2",
  denominator: "VALID",
  minimumBase: "10",
  higherIsBetter: true,
};

/** The draft that makes a metric as it is: what a new version starts from. */
export function draftOf({ calculation, ...metric }: Definition): Draft {
  const kind = calculation?.kind;
  return {
    name: metric.name,
    key: metric.key,
    kind: readsOf(calculation),
    item: calculation?.standardItem ?? "",
    items: (calculation?.items ?? []).map(indexItemOf),
    survey: calculation?.survey ?? "",
    question: calculation?.question ?? "",
    option: calculation?.option ?? "",
    statistic: kind === "MEAN" || kind === "NET" ? kind : "SHARE",
    answers: calculation?.answers ?? [],
    against: calculation?.against ?? [],
    top: EMPTY.top,
    denominator: calculation?.withDontKnow ? "ALL" : "VALID",
    minimumBase: String(metric.minimumBase),
    higherIsBetter: metric.higherIsBetter,
  };
}

function readsOf(calculation: Definition["calculation"]): string {
  if (calculation === null) return "";
  if (calculation.standardItem !== null) return ONE_ITEM;
  return isIndex(calculation) ? INDEX : (calculation.questionKind ?? "");
}

function indexItemOf({ standardItem, survey, question, option }: IndexItem): IndexItemInput {
  if (standardItem !== null) return { standardItem };
  return { survey, question, ...(option !== null && { option }) };
}

export function keyOfDraft({ key, name }: Draft): string {
  return key ?? keyOf(name);
}

const SCALES: Record<string, [low: number, high: number]> = {
  NPS: [0, 10],
  CSAT: [1, 5],
  CES: [1, 7],
  CES1: [1, 5],
};

/** What can be answered to what a draft reads, in order: scores, keys of options, don't know. */
export function answersOf(draft: Draft, question: Question | undefined): string[] {
  if (draft.kind in SCALES)
    return [...scores(SCALES[draft.kind]), ...ifDontKnow(draft.kind === "CSAT")];
  if (question === undefined) return [];
  if (question.kind === "MULTIPLE_CHOICE") return ["1", "0"];
  if (question.kind === "SINGLE_CHOICE") return question.options.map(({ key }) => key);
  const { scale } = question;
  const span = scale === null ? SCALES[question.kind] : ([scale.low, scale.high] as const);
  return [...scores(span), ...ifDontKnow(question.dontKnow)];
}

/** What is sent; fields that a statistic does not have are left out. */
export function inputOf(draft: Draft): RegisterMetricInput {
  const { statistic } = draft;
  return {
    key: keyOfDraft(draft),
    name: draft.name,
    ...readInput(draft),
    statistic,
    answers: statistic === "SHARE" || statistic === "NET" ? draft.answers : [],
    against: statistic === "NET" ? draft.against : [],
    top: statistic === "TOP_BOX" ? Number(draft.top) : null,
    denominator: statistic === "MEAN" ? "VALID" : draft.denominator,
    minimumBase: Number(draft.minimumBase),
    higherIsBetter: draft.higherIsBetter,
  };
}

function readInput(draft: Draft): Pick<RegisterMetricInput, "item" | "items"> {
  if (draft.kind === INDEX) return { items: draft.items };
  if (draft.kind === ONE_ITEM) return { item: { standardItem: draft.item } };
  if (draft.kind !== "") return { item: { kind: draft.kind as QuestionKind } };
  const { survey, question, option } = draft;
  return { item: { survey, question, ...(option !== "" && { option }) } };
}

function scores(span: readonly [low: number, high: number] | undefined): string[] {
  if (span === undefined) return [];
  const [low, high] = span;
  return Array.from({ length: high - low + 1 }, (_, at) => String(low + at));
}

function ifDontKnow(isOffered: boolean): string[] {
  return isOffered ? ["DONT_KNOW"] : [];
}
