import { useClient } from "@urql/preact";
import { useCallback, useEffect, useState } from "preact/hooks";
import { Skeleton } from "~/parts/Skeleton.tsx";
import { Trouble } from "~/parts/Trouble.tsx";
import { useHere } from "~/place/place.ts";
import { moment } from "~/words/format.ts";
import { t } from "~/words/words.ts";
import { CustomerHistoryDocument, type CustomerHistoryQuery } from "./queries.generated.ts";

type Page = NonNullable<NonNullable<CustomerHistoryQuery["customer"]>["history"]>;
type Change = Page["changes"][number];

interface Read {
  changes: Change[];
  after: string | null;
  state: "reading" | "read" | "failed";
}

const NOTHING: Read = { changes: [], after: null, state: "reading" };

interface Props {
  number: string;
  /** How many there are: when it is another, the history is read again. */
  links: number;
}

/** How a customer came to be what it is, the newest first. */
export function History({ number, links }: Props) {
  const client = useClient();
  const { timeZone } = useHere();
  const [read, setRead] = useState(NOTHING);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another number of links is another history
  const ask = useCallback(
    async (after: string | null) => {
      setRead((before) => ({ ...(after === null ? NOTHING : before), state: "reading" }));
      const { data } = await client
        .query(CustomerHistoryDocument, { number, after }, { requestPolicy: "network-only" })
        .toPromise();
      const page = data?.customer?.history;
      setRead((before) =>
        page == null
          ? { ...before, state: "failed" }
          : {
              changes: after === null ? page.changes : [...before.changes, ...page.changes],
              after: page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null,
              state: "read",
            },
      );
    },
    [client, number, links],
  );
  useEffect(() => {
    ask(null);
  }, [ask]);
  const { changes, after, state } = read;
  return (
    <section class="card" aria-label={t("customers.history")}>
      <h2>{t("customers.history")}</h2>
      <ul class="items">
        {changes.map((change) => (
          <li key={`${change.at} ${change.alias} ${change.isNow}`}>
            <div>
              {told(change)}
              <p>{moment(change.at, timeZone)}</p>
            </div>
          </li>
        ))}
      </ul>
      {state === "reading" && changes.length === 0 && <Skeleton />}
      {state === "failed" && <Trouble what={t("customers.history")} again={() => ask(null)} />}
      {after !== null && (
        <div class="acts">
          <button
            class="btn"
            type="button"
            aria-busy={state === "reading" || undefined}
            onClick={() => ask(after)}
          >
            {t("parts.more")}
          </button>
        </div>
      )}
    </section>
  );
}

function told({ cause, alias, was, isNow, link }: Change): string {
  const [first = "", second = ""] = link ?? [];
  if (cause === "NEW" || was === null) return t("customers.wasNew", { alias });
  const key = cause === "LINKED" ? "customers.wasLinked" : "customers.wasUnlinked";
  return t(key, { alias, was, isNow, first, second });
}
