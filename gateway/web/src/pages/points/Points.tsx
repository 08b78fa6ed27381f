import { useClient } from "@urql/preact";
import { useCallback, useEffect, useState } from "preact/hooks";
import { Skeleton } from "~/parts/Skeleton.tsx";
import { Trouble } from "~/parts/Trouble.tsx";
import { useHere } from "~/place/place.ts";
import { day, moment, number as written } from "~/words/format.ts";
import { t } from "~/words/words.ts";
import { CustomerPointsDocument, type CustomerPointsQuery } from "./queries.generated.ts";

type Page = NonNullable<NonNullable<CustomerPointsQuery["customer"]>["points"]>;
type Entry = Page["entries"][number];

interface Read {
  page: Page | undefined;
  entries: Entry[];
  state: "reading" | "read" | "failed";
}

/** What a customer has in points, and what was earned and spent; nothing where there never was a point. */
export function Points({ number }: { number: string }) {
  const client = useClient();
  const [read, setRead] = useState<Read>({ page: undefined, entries: [], state: "reading" });
  const ask = useCallback(
    async (after: string | null) => {
      setRead((before) => ({ ...before, state: "reading" }));
      const { data } = await client
        .query(CustomerPointsDocument, { number, after }, { requestPolicy: "network-only" })
        .toPromise();
      const page = data?.customer?.points;
      setRead((before) =>
        page == null
          ? { ...before, state: "failed" }
          : {
              page,
              entries: after === null ? page.entries : [...before.entries, ...page.entries],
              state: "read",
            },
      );
    },
    [client, number],
  );
  useEffect(() => {
    ask(null);
  }, [ask]);
  const { page, entries, state } = read;
  if (state === "read" && entries.length === 0) return null;
  return (
    <section class="card" aria-label={t("points.title")}>
      <h2>{t("points.title")}</h2>
      {page && <Balance page={page} />}
      {entries.length > 0 && <Entries entries={entries} />}
      {state === "reading" && entries.length === 0 && <Skeleton />}
      {state === "failed" && <Trouble what={t("points.title")} again={() => ask(null)} />}
      {page?.pageInfo.hasNextPage && (
        <div class="acts">
          <button
            class="btn"
            type="button"
            aria-busy={state === "reading" || undefined}
            onClick={() => ask(page.pageInfo.endCursor)}
          >
            {t("parts.more")}
          </button>
        </div>
      )}
    </section>
  );
}

function Balance({ page: { balance, nextToExpire, expiresOn } }: { page: Page }) {
  return (
    <p class="lede">
      {t("points.balance", { shown: written(balance) })}
      {expiresOn !== null && (
        <>
          {" "}
          {t("points.ending", {
            shown: written(nextToExpire),
            day: day(expiresOn, { year: true }),
          })}
        </>
      )}
    </p>
  );
}

function Entries({ entries }: { entries: readonly Entry[] }) {
  const { timeZone } = useHere();
  return (
    <table class="tbl fold mt">
      <caption class="vh">{t("points.entries")}</caption>
      <thead>
        <tr>
          <th scope="col">{t("points.when")}</th>
          <th scope="col">{t("points.what")}</th>
          <th scope="col" class="num">
            {t("points.points")}
          </th>
          <th scope="col">{t("points.until")}</th>
          <th scope="col">{t("points.source")}</th>
        </tr>
      </thead>
      <tbody>
        {entries.map(({ at, kind, points, expiresOn, source, alias }, place) => (
          <tr key={`${at} ${alias} ${points} ${place}`}>
            <th scope="row">{moment(at, timeZone)}</th>
            <td data-l={t("points.what")}>{t(`points.kind_${kind}`)}</td>
            <td class="num" data-l={t("points.points")}>
              {written(points)}
            </td>
            <td data-l={t("points.until")}>
              {expiresOn === null ? "–" : day(expiresOn, { year: true })}
            </td>
            <td data-l={t("points.source")}>{source ?? "–"}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
