import { useClient } from "@urql/preact";
import { useCallback, useEffect, useState } from "preact/hooks";
import { Said } from "~/parts/Said.tsx";
import { Skeleton } from "~/parts/Skeleton.tsx";
import { Trouble } from "~/parts/Trouble.tsx";
import { useHere } from "~/place/place.ts";
import { moment, money, number as shown } from "~/words/format.ts";
import { t } from "~/words/words.ts";
import { CustomerPurchasesDocument, type CustomerPurchasesQuery } from "./queries.generated.ts";

type Page = NonNullable<NonNullable<CustomerPurchasesQuery["customer"]>["purchases"]>;
type Purchase = Page["items"][number];

interface Read {
  page: Page | undefined;
  items: Purchase[];
  state: "reading" | "read" | "failed";
}

const NOTHING: Read = { page: undefined, items: [], state: "reading" };

/** What a customer bought and brought back, the newest first, and how much that is. */
export function Purchases({ number }: { number: string }) {
  const client = useClient();
  const [{ page, items, state }, setRead] = useState(NOTHING);
  const ask = useCallback(
    async (after: string | null) => {
      setRead((before) => ({ ...before, state: "reading" }));
      const { data } = await client
        .query(CustomerPurchasesDocument, { number, after }, { requestPolicy: "network-only" })
        .toPromise();
      const found = data?.customer?.purchases;
      setRead((before) =>
        found == null
          ? { ...before, state: "failed" }
          : {
              page: found,
              items: after === null ? found.items : [...before.items, ...found.items],
              state: "read",
            },
      );
    },
    [client, number],
  );
  useEffect(() => {
    ask(null);
  }, [ask]);
  const more = page?.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  return (
    <section class="card" aria-label={t("purchases.title")}>
      <h2>{t("purchases.title")}</h2>
      {page && items.length === 0 && <p class="lede">{t("purchases.nothing")}</p>}
      {page && items.length > 0 && <Sums page={page} />}
      {page && items.length > 0 && <List items={items} currency={page.currency} />}
      {state === "reading" && items.length === 0 && <Skeleton />}
      {state === "failed" && <Trouble what={t("purchases.title")} again={() => ask(null)} />}
      {more !== null && (
        <div class="acts">
          <button
            class="btn"
            type="button"
            aria-busy={state === "reading" || undefined}
            onClick={() => ask(more)}
          >
            {t("parts.more")}
          </button>
        </div>
      )}
    </section>
  );
}

function Sums({ page }: { page: Page }) {
  const { timeZone } = useHere();
  const amount = (cents: number) => money(cents, page.currency);
  return (
    <dl class="kv">
      <dt>{t("purchases.orders")}</dt>
      <dd>{shown(page.orders)}</dd>
      <dt>{t("purchases.bought")}</dt>
      <dd>{amount(page.bought)}</dd>
      {page.returns > 0 && (
        <>
          <dt>{t("purchases.broughtBack")}</dt>
          <dd>{amount(page.broughtBack)}</dd>
          <dt>{t("purchases.spent")}</dt>
          <dd>{amount(page.spent)}</dd>
        </>
      )}
      {page.lastAt !== null && (
        <>
          <dt>{t("purchases.last")}</dt>
          <dd>{moment(page.lastAt, timeZone)}</dd>
        </>
      )}
    </dl>
  );
}

function List({ items, currency }: { items: readonly Purchase[]; currency: string }) {
  const { timeZone } = useHere();
  return (
    <table class="tbl fold mt">
      <caption class="vh">{t("purchases.title")}</caption>
      <thead>
        <tr>
          <th scope="col">{t("purchases.when")}</th>
          <th scope="col">{t("purchases.amount")}</th>
          <th scope="col">{t("purchases.where")}</th>
          <th scope="col">{t("purchases.what")}</th>
        </tr>
      </thead>
      <tbody>
        {items.map((purchase, place) => (
          <tr key={`${purchase.at} ${place}`}>
            <th scope="row">{moment(purchase.at, timeZone)}</th>
            <td data-l={t("purchases.amount")}>
              {purchase.isReturn
                ? t("purchases.back", { amount: money(purchase.amount, currency) })
                : money(purchase.amount, currency)}
            </td>
            <td data-l={t("purchases.where")}>
              <Said text={whereabouts(purchase)} />
            </td>
            <td data-l={t("purchases.what")}>
              <Said text={goods(purchase)} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function whereabouts({ department, place, channel }: Purchase): string {
  return [department?.name, place, channel].filter(Boolean).join(" · ");
}

function goods({ lines }: Purchase): string {
  return lines
    .map(({ item, quantity }) => (quantity === 1 ? item : `${shown(quantity)} × ${item}`))
    .join(", ");
}
