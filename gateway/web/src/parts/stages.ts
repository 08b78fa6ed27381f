import { languageInUse, t } from "~/words/words.ts";

/** Stages of a journey in the order in which customers meet them. */
export const STAGES = [
  "awareness",
  "consideration",
  "purchase",
  "post-purchase",
  "loyalty",
] as const;

const NAMES: Record<(typeof STAGES)[number], () => string> = {
  awareness: () => t("parts.awareness"),
  consideration: () => t("parts.consideration"),
  purchase: () => t("parts.purchase"),
  "post-purchase": () => t("parts.postPurchase"),
  loyalty: () => t("parts.loyalty"),
};

/** What a stage is called in the language of the page; an organisation's own one as it was sent. */
export function stageName(key: string): string {
  const known = STAGES.find((stage) => stage === key);
  return known === undefined ? key : NAMES[known]();
}

/** The known stages as they follow each other, then others by their letters, then what has none. */
export function byStage(one: string | null, other: string | null): number {
  return place(one) - place(other) || (one ?? "").localeCompare(other ?? "", languageInUse());
}

function place(key: string | null): number {
  if (key === null) return STAGES.length + 1;
  const at = (STAGES as readonly string[]).indexOf(key);
  return at < 0 ? STAGES.length : at;
}
