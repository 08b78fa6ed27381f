import { t } from "~/words/words.ts";

/** Stages of the journey, in its order. */
export const STAGES = [
  "awareness",
  "consideration",
  "purchase",
  "post-purchase",
  "loyalty",
] as const;

/** What a stage is called; its key where it is not known; undefined for none. */
export function stageName(key: string | null): string | undefined {
  if (key === null) return undefined;
  const known = STAGES.find((stage) => stage === key);
  return known === undefined ? key : t(`departments.stage_${known}`);
}
