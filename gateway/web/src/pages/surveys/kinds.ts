import type { QuestionKind } from "./queries.generated.ts";

interface Kind {
  /** Whole scores, of which the lowest and the highest are named; "own" where each question has its own. */
  scores: readonly [number, number] | "own" | undefined;
  hasOptions: boolean;
  mayDontKnow: boolean;
  /** What a new question of it is called. */
  key: string;
}

const plain: Kind = { scores: undefined, hasOptions: false, mayDontKnow: false, key: "question" };

/** Every kind of question, in the order of the menu. */
export const KINDS: Record<QuestionKind, Kind> = {
  NPS: { ...plain, scores: [0, 10], key: "recommend" },
  CSAT: { ...plain, scores: [1, 5], mayDontKnow: true, key: "satisfied" },
  CES: { ...plain, scores: [1, 7], key: "easy" },
  CES1: { ...plain, scores: [1, 5], key: "effort" },
  RATING: { ...plain, scores: "own", key: "rating" },
  SINGLE_CHOICE: { ...plain, hasOptions: true, key: "choice" },
  MULTIPLE_CHOICE: { ...plain, hasOptions: true, key: "choices" },
  TEXT: { ...plain, key: "comment" },
};

export const KIND_NAMES = Object.keys(KINDS) as QuestionKind[];
