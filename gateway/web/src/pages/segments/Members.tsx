import { useState } from "preact/hooks";
import { useRead } from "~/api/useRead.ts";
import { Skeleton } from "~/parts/Skeleton.tsx";
import { Trouble } from "~/parts/Trouble.tsx";
import { day } from "~/words/format.ts";
import { t } from "~/words/words.ts";
import { SegmentMembersDocument } from "./queries.generated.ts";

interface Member {
  number: string;
  firstDay: string;
}

/** The customers of a segment, a page at a time. */
export function Members({ segment }: { segment: string }) {
  const [after, setAfter] = useState<string | null>(null);
  const [{ data, fetching }, again] = useRead({
    query: SegmentMembersDocument,
    variables: { key: segment, after },
    requestPolicy: "network-only",
  });
  const page = data?.segment?.members;
  if (page == null) {
    return fetching ? <Skeleton /> : <Trouble what={t("segments.members")} again={() => again()} />;
  }
  const { hasNextPage, endCursor } = page.pageInfo;
  return (
    <>
      <MemberList members={page.members} />
      <div class="acts">
        {hasNextPage && (
          <button class="btn" type="button" onClick={() => setAfter(endCursor)}>
            {t("segments.next")}
          </button>
        )}
        {after !== null && (
          <button class="btn" type="button" onClick={() => setAfter(null)}>
            {t("segments.first")}
          </button>
        )}
      </div>
    </>
  );
}

/** Customers by their numbers; each leads to its page. */
export function MemberList({ members }: { members: readonly Member[] }) {
  if (members.length === 0) return <p class="lede mt">{t("segments.nobody")}</p>;
  return (
    <ul class="dots">
      {members.map(({ number, firstDay }) => (
        <li key={number}>
          <a href={`/customers/${number}`}>{t("customers.customer", { number })}</a>{" "}
          <span class="small muted">
            {t("segments.since", { day: day(firstDay, { year: true }) })}
          </span>
        </li>
      ))}
    </ul>
  );
}
