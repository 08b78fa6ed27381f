import { useState } from "preact/hooks";
import { useRead } from "~/api/useRead.ts";
import { Said } from "~/parts/Said.tsx";
import { Skeleton } from "~/parts/Skeleton.tsx";
import { Trouble } from "~/parts/Trouble.tsx";
import { useHere } from "~/place/place.ts";
import { usePageTitle } from "~/shell/usePageTitle.ts";
import { moment, number } from "~/words/format.ts";
import { t } from "~/words/words.ts";
import { nameOf, useKinds } from "./kinds.ts";
import { CustomerConflictsDocument, type CustomerConflictsQuery } from "./queries.generated.ts";
import { Settle } from "./Settle.tsx";

type Conflict = NonNullable<CustomerConflictsQuery["customerConflicts"]>["conflicts"][number];

/** Links that were refused, the oldest first: a page at a time, for what is settled goes. */
export default function Conflicts() {
  const [{ data, fetching }, again] = useRead({
    query: CustomerConflictsDocument,
    variables: { after: null },
    requestPolicy: "network-only",
  });
  const [settling, setSettling] = useState<string>();
  const [told, setTold] = useState("");
  usePageTitle(t("customers.conflicts"));
  const read = () => again({ requestPolicy: "network-only" });
  const page = data?.customerConflicts;
  const done = (words: string) => {
    setTold(words);
    setSettling(undefined);
    read();
  };
  return (
    <>
      <p class="tag mt">
        <a href="/customers">{t("customers.find")}</a>
      </p>
      <h1 class="verdict" tabIndex={-1}>
        {t("customers.conflicts")}
      </h1>
      <p class="verdict-2">
        {page && t("customers.waiting", { count: page.totalCount, shown: number(page.totalCount) })}
      </p>
      <p role="status" class={told && "note-bar"}>
        {told}
      </p>
      <section class="card mt" aria-label={t("customers.conflicts")}>
        {page === undefined && fetching && <Skeleton />}
        {page == null && !fetching && <Trouble what={t("customers.conflicts")} again={read} />}
        {page?.conflicts.length === 0 && <p class="lede">{t("customers.noneWaits")}</p>}
        <ul class="items">
          {page?.conflicts.map((conflict) => (
            <li key={conflict.id}>
              <Waiting conflict={conflict} />
              {settling !== conflict.id && (
                <button class="btn" type="button" onClick={() => setSettling(conflict.id)}>
                  {t("customers.settle")} …
                </button>
              )}
              {settling === conflict.id && (
                <Settle conflict={conflict} done={done} leave={() => setSettling(undefined)} />
              )}
            </li>
          ))}
        </ul>
        {page?.pageInfo.hasNextPage && <p class="small muted mt">{t("customers.moreWait")}</p>}
      </section>
    </>
  );
}

function Waiting({ conflict: { a, b, reason, kind, source, at } }: { conflict: Conflict }) {
  const { timeZone } = useHere();
  const kinds = useKinds();
  return (
    <div>
      <h2>
        <a href={`/customers/${a}`}>{a}</a> · <a href={`/customers/${b}`}>{b}</a>
      </h2>
      <p>
        {t(`customers.conflict_${reason}`)}
        {kind !== null && ` ${t("customers.ofKind", { kind: nameOf(kinds, kind) })}`}
      </p>
      <p>
        {moment(at, timeZone)}
        {source !== null && (
          <>
            {" · "}
            <Said text={source} />
          </>
        )}
      </p>
    </div>
  );
}
