import type {
  MetricDenominator,
  MetricStatistic,
  QuestionKind,
  RegisterMetricInput,
} from "~/api/types.generated.ts";
import { keyOf } from "~/parts/keyOf.ts";
import type { Definition } from "./definitions.ts";
import type { QuestionsToMeasureQuery } from "./queries.generated.ts";

export type Question = NonNullable<QuestionsToMeasureQuery["survey"]>["questions"][number];

/** Kinds whose scale is the same in every survey, so that a metric can read them wherever they are asked. */
export const KINDS = ["NPS", "CSAT", "CES", "CES1"] as const satisfies readonly QuestionKind[];
export const STATISTICS = [
  "SHARE",
  "TOP_BOX",
  "MEAN",
  "NET",
] as const satisfies readonly MetricStatistic[];

/** What a form for a metric holds; all as written. */
export interface Draft {
  name: string;
  /** Undefined: made from the name. */
  key: string | undefined;
  /** One of KINDS, or "" for a question of a survey. */
  kind: string;
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
    kind: calculation?.questionKind ?? "",
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
  if (draft.kind !== "")
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
  const item =
    draft.kind !== ""
      ? { kind: draft.kind as QuestionKind }
      : {
          survey: draft.survey,
          question: draft.question,
          ...(draft.option !== "" && { option: draft.option }),
        };
  return {
    key: keyOfDraft(draft),
    name: draft.name,
    item,
    statistic,
    answers: statistic === "SHARE" || statistic === "NET" ? draft.answers : [],
    against: statistic === "NET" ? draft.against : [],
    top: statistic === "TOP_BOX" ? Number(draft.top) : null,
    denominator: statistic === "MEAN" ? "VALID" : draft.denominator,
    minimumBase: Number(draft.minimumBase),
    higherIsBetter: draft.higherIsBetter,
  };
}

function scores(span: readonly [low: number, high: number] | undefined): string[] {
  if (span === undefined) return [];
  const [low, high] = span;
  return Array.from({ length: high - low + 1 }, (_, at) => String(low + at));
}

function ifDontKnow(isOffered: boolean): string[] {
  return isOffered ? ["DONT_KNOW"] : [];
}
