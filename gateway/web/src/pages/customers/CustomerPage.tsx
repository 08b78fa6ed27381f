import { useRoute } from "preact-iso";
import { useRead } from "~/api/useRead.ts";
import { Consents } from "~/pages/consents/Consents.tsx";
import { Points } from "~/pages/points/Points.tsx";
import { Purchases } from "~/pages/purchases/Purchases.tsx";
import { Subscriptions } from "~/pages/purchases/Subscriptions.tsx";
import { Skeleton } from "~/parts/Skeleton.tsx";
import { Trouble } from "~/parts/Trouble.tsx";
import { NotFound } from "~/shell/NotFound.tsx";
import { usePageTitle } from "~/shell/usePageTitle.ts";
import { t } from "~/words/words.ts";
import { CustomerCard } from "./CustomerCard.tsx";
import { History } from "./History.tsx";
import { Path } from "./Path.tsx";
import { CustomerByNumberDocument } from "./queries.generated.ts";

const NUMBER = /^[0-9]{1,18}$/;

/** One customer by the number of any of its aliases. */
export default function CustomerPage() {
  const { number = "" } = useRoute().params;
  return NUMBER.test(number) ? <WithNumber number={number} /> : <NotFound />;
}

function WithNumber({ number }: { number: string }) {
  const [{ data, error, fetching }, again] = useRead({
    query: CustomerByNumberDocument,
    variables: { number },
    requestPolicy: "network-only",
  });
  usePageTitle(t("customers.customer", { number }));
  const read = () => again({ requestPolicy: "network-only" });
  const customer = data?.customer;
  if (!customer && !fetching && error === undefined) return <NotFound />;
  return (
    <>
      <p class="tag mt">
        <a href="/customers">{t("customers.find")}</a>
      </p>
      <h1 class="verdict" tabIndex={-1}>
        {t("customers.customer", { number: customer?.number ?? number })}
      </h1>
      {customer && customer.number !== number && (
        <p class="verdict-2">{t("customers.partOf", { alias: number, number: customer.number })}</p>
      )}
      {customer?.segment && (
        <p class="verdict-2">
          <a href="/segments">{t("segments.inSegment", { name: customer.segment.name })}</a>
        </p>
      )}
      {customer ? (
        <div class="stack">
          <CustomerCard
            customer={customer}
            again={read}
            title={t("customers.knownAs")}
            whom={{ number }}
          />
          <Path
            key={`p${customer.number}`}
            number={customer.number}
            links={customer.links.length}
          />
          <Subscriptions number={customer.number} />
          <Purchases
            key={`b${customer.number} ${customer.links.length}`}
            number={customer.number}
          />
          <Consents key={`c${customer.number} ${customer.links.length}`} number={customer.number} />
          <Points key={`p${customer.number} ${customer.links.length}`} number={customer.number} />
          <History key={customer.number} number={customer.number} links={customer.links.length} />
        </div>
      ) : fetching ? (
        <Skeleton lines={6} />
      ) : (
        <Trouble what={t("customers.theCustomer")} again={read} />
      )}
    </>
  );
}
