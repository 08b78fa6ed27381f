import { useRead } from "~/api/useRead.ts";
import { Said } from "~/parts/Said.tsx";
import { Skeleton } from "~/parts/Skeleton.tsx";
import { Trouble } from "~/parts/Trouble.tsx";
import { day, money } from "~/words/format.ts";
import { t } from "~/words/words.ts";
import {
  CustomerSubscriptionsDocument,
  type CustomerSubscriptionsQuery,
} from "./queries.generated.ts";

type Subscription = NonNullable<
  NonNullable<CustomerSubscriptionsQuery["customer"]>["subscriptions"]
>[number];

/** What a customer pays for by the month, and which departments had it. */
export function Subscriptions({ number }: { number: string }) {
  const [{ data, fetching }, again] = useRead({
    query: CustomerSubscriptionsDocument,
    variables: { number },
    requestPolicy: "network-only",
  });
  const found = data?.customer?.subscriptions;
  if (found?.length === 0) return null;
  return (
    <section class="card" aria-label={t("purchases.subscriptions")}>
      <h2>{t("purchases.subscriptions")}</h2>
      {found ? (
        <ul class="items">
          {found.map((each) => (
            <li key={each.id}>
              <div>
                <b>
                  <Said text={each.plan} />
                </b>
                <p>{terms(each)}</p>
                {each.spans.map((span) => (
                  <p key={span.startedOn}>{told(span)}</p>
                ))}
              </div>
            </li>
          ))}
        </ul>
      ) : fetching ? (
        <Skeleton />
      ) : (
        <Trouble
          what={t("purchases.subscriptions")}
          again={() => again({ requestPolicy: "network-only" })}
        />
      )}
    </section>
  );
}

function terms({ monthly, currency, contractEndsOn }: Subscription): string {
  const amount = money(monthly, currency);
  return contractEndsOn === null
    ? t("purchases.monthly", { amount })
    : t("purchases.monthlyUntil", { amount, day: day(contractEndsOn, { year: true }) });
}

function told({ department, startedOn, endedOn, reason }: Subscription["spans"][number]): string {
  const from = day(startedOn, { year: true });
  const days =
    endedOn === null
      ? t("purchases.since", { from })
      : t("purchases.fromTo", { from, to: day(endedOn, { year: true }) });
  return [department?.name, days, reason].filter(Boolean).join(" · ");
}
