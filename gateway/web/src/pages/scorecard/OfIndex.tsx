import { number } from "~/words/format.ts";
import { t } from "~/words/words.ts";
import type { OwnMetricQuery } from "./queries.generated.ts";

type Scorecard = NonNullable<NonNullable<OwnMetricQuery["department"]>["scorecard"]>;
type Index = NonNullable<NonNullable<Scorecard["score"]>["index"]>;

/** Of how many questions an index is, and whether they belong together. */
export function OfIndex({ index: { items, alpha, note } }: { index: Index }) {
  const said = { items: number(items), alpha: alpha === null ? "" : number(alpha, 2) };
  if (alpha === null) return t("scorecard.indexWithoutAlpha", said);
  return t(note === null ? "scorecard.indexAlpha" : "scorecard.indexLowAlpha", said);
}
