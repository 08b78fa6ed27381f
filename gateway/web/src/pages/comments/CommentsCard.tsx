import { useLiveRead } from "~/api/useLive.ts";
import { Comment } from "~/parts/Comment.tsx";
import { Skeleton } from "~/parts/Skeleton.tsx";
import type { LeadKey } from "~/parts/score/leading.ts";
import { Trouble } from "~/parts/Trouble.tsx";
import { addressOf, usePlace } from "~/place/place.ts";
import { t } from "~/words/words.ts";
import { unhappyOf, verbatimFilter } from "./filters.ts";
import { NewestCommentsDocument } from "./queries.generated.ts";

const SHOWN = 3;

/** The newest words of unhappy customers, and the way to all. */
export function CommentsCard({ lead }: { lead: LeadKey }) {
  const place = usePlace();
  const [{ data, fetching }, again] = useLiveRead({
    query: NewestCommentsDocument,
    variables: {
      key: place.department,
      period: place.period,
      first: SHOWN,
      filter: verbatimFilter({ score: "unhappy" }, lead),
    },
  });
  const unhappy = data?.department?.unhappy;
  if (unhappy == null)
    return fetching ? (
      <Skeleton />
    ) : (
      <Trouble what={t("comments.what")} again={() => again({ requestPolicy: "network-only" })} />
    );
  const all = data?.department?.all?.totalCount ?? 0;
  return (
    <section class="card mt" aria-labelledby="h-comments">
      <h2 id="h-comments">{t("comments.cardTitle")}</h2>
      <p class="small muted">
        {unhappy.edges.length === 0
          ? t("comments.cardNone")
          : t("comments.cardSub", unhappyOf(lead))}
      </p>
      <ul class="quotes">
        {unhappy.edges.map(({ node }) => (
          <Comment key={`${node.response} ${node.question}`} comment={node} />
        ))}
      </ul>
      <p class="chart-f">
        {all > 0 && (
          <a href={addressOf("/comments", place)}>{t("comments.readAll", { count: all })}</a>
        )}
      </p>
    </section>
  );
}
