import { useRead } from "~/api/useRead.ts";
import type { LeadKey } from "~/parts/score/leading.ts";
import { Trouble } from "~/parts/Trouble.tsx";
import { usePlace } from "~/place/place.ts";
import { number } from "~/words/format.ts";
import { rich, t } from "~/words/words.ts";
import { type Filters, verbatimFilter } from "./filters.ts";
import { CommentCountsDocument } from "./queries.generated.ts";

interface Props {
  filters: Filters;
  lead: LeadKey;
}

/** How many wrote: unhappy, happy and neither counted alike. */
export function Heading({ filters: { score, ...cuts }, lead }: Props) {
  const { department, period } = usePlace();
  const [{ data, error, fetching }, again] = useRead({
    query: CommentCountsDocument,
    variables: {
      key: department,
      period,
      filter: verbatimFilter(cuts, lead),
      unhappy: verbatimFilter({ ...cuts, score: "unhappy" }, lead),
      passive: verbatimFilter({ ...cuts, score: "passive" }, lead),
      happy: verbatimFilter({ ...cuts, score: "happy" }, lead),
    },
  });
  const counts = data?.department;
  const all = counts?.all?.totalCount;
  return (
    <>
      <h1 class="verdict" tabIndex={-1}>
        {all == null ? t("comments.title") : rich("comments.heading", { count: all })}
      </h1>
      {!fetching && (all == null || error !== undefined) && (
        <Trouble what={t("comments.what")} again={() => again({ requestPolicy: "network-only" })} />
      )}
      {counts != null && all != null && <Groups counts={counts} all={all} />}
    </>
  );
}

type Count = { totalCount: number | null } | null;

function Groups({
  counts,
  all,
}: {
  counts: { unhappy: Count; passive: Count; happy: Count };
  all: number;
}) {
  const [unhappy, passive, happy] = [counts.unhappy, counts.passive, counts.happy].map(
    (group) => group?.totalCount,
  );
  if (all === 0 || unhappy == null || passive == null || happy == null) return null;
  return (
    <p class="verdict-2">
      {t("comments.groups", {
        unhappy: number(unhappy),
        passive: number(passive),
        happy: number(happy),
        others: number(all - unhappy - passive - happy),
      })}
    </p>
  );
}
