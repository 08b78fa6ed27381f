import { useRead } from "~/api/useRead.ts";
import { usePlace } from "~/place/place.ts";
import { LeadDocument } from "./lead.generated.ts";
import { type Leading, leadingOf } from "./leading.ts";

const AT_FIRST: Leading = { lead: "nps", unit: "POINTS" };

/** Which measure of customers leads here; whether they would recommend as long as that is not known. */
export function useLead(): Leading {
  const { department, period, tree, includeSubtree } = usePlace();
  const [{ data }] = useRead({
    query: LeadDocument,
    variables: { key: department, period, tree, below: includeSubtree },
  });
  const scorecard = data?.department?.scorecard;
  if (scorecard == null) return AT_FIRST;
  const { key, lead } = leadingOf(scorecard);
  return { lead: key, unit: lead?.metric.unit ?? AT_FIRST.unit };
}
