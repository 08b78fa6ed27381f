import { useLive, useLiveRead } from "~/api/useLive.ts";
import { Skeleton } from "~/parts/Skeleton.tsx";
import { metricName } from "~/parts/score/names.ts";
import { likely, written } from "~/parts/score/units.ts";
import { Trouble } from "~/parts/Trouble.tsx";
import { usePlace } from "~/place/place.ts";
import { usePageTitle } from "~/shell/usePageTitle.ts";
import { useViewer } from "~/shell/viewer.ts";
import { number } from "~/words/format.ts";
import { rich, t } from "~/words/words.ts";
import { ByDepartment } from "./ByDepartment.tsx";
import { ByMonth } from "./ByMonth.tsx";
import {
  type CountedFragment,
  RetentionDocument,
  type RetentionQuery,
} from "./queries.generated.ts";

type Card = NonNullable<NonNullable<RetentionQuery["department"]>["scorecard"]>;

/** Whether customers of a department come back, and what they buy. */
export default function Retention() {
  const { department, period, tree, includeSubtree } = usePlace();
  const [{ data, fetching }, read] = useLiveRead({
    query: RetentionDocument,
    variables: { key: department, period, tree, below: includeSubtree },
  });
  useLive(department);
  usePageTitle(t("retention.title"));
  const card = data?.department?.scorecard;
  if (card == null)
    return (
      <>
        <h1 class="verdict" tabIndex={-1}>
          {t("retention.title")}
        </h1>
        {fetching ? (
          <Skeleton lines={6} />
        ) : (
          <Trouble
            what={t("retention.what")}
            again={() => read({ requestPolicy: "network-only" })}
          />
        )}
      </>
    );
  const groups = card.retentionRate?.breakdown ?? [];
  return (
    <>
      <Verdict card={card} />
      <Sold
        of={[
          card.sales,
          card.orders,
          card.averageBasket,
          card.buyers,
          card.newCustomers,
          card.silentShare,
          card.returnsShare,
        ]}
      />
      <ByMonth />
      {groups.length > 1 && <ByDepartment groups={groups} />}
    </>
  );
}

function Verdict({ card }: { card: Card }) {
  const { roles } = useViewer();
  const kept = card.retentionRate;
  const share = kept?.value == null ? undefined : written("SHARE", kept.value);
  const elsewhere = card.churnRate?.elsewhere;
  return (
    <>
      <h1 class="verdict" tabIndex={-1}>
        {share === undefined ? t("retention.title") : rich("retention.kept", { share })}
      </h1>
      <p class="verdict-2">
        {kept?.value != null && kept.interval !== null
          ? t("retention.outOf", {
              range: likely("SHARE", kept.interval),
              customers: t("retention.customers", { count: kept.base ?? 0 }),
            })
          : whyNone(kept)}{" "}
        {elsewhere != null && elsewhere > 0 && t("retention.elsewhere", { count: elsewhere })}
        {kept?.base === 0 && (roles.has("ADMIN") || roles.has("ANALYST")) && (
          <a href="/import">{t("retention.bringThem")}</a>
        )}
      </p>
    </>
  );
}

function whyNone(kept: Card["retentionRate"]): string {
  const count = kept?.base ?? 0;
  if (count === 0) return t("retention.noPurchases");
  return t("retention.tooFew", { count, needed: number(kept?.metric.minimumBase ?? 0) });
}

function Sold({ of }: { of: readonly (CountedFragment | null)[] }) {
  const shown = of.flatMap((score) => (score?.value == null ? [] : [score]));
  return (
    <section class="card mt" aria-labelledby="h-sold">
      <h2 id="h-sold">{t("retention.sold")}</h2>
      <p class="small muted">
        {t(shown.length === 0 ? "retention.nothingSold" : "retention.soldSub")}
      </p>
      {shown.length > 0 && (
        <dl class="kv">
          {shown.map(({ metric, value }) => (
            <div key={metric.key}>
              <dt>{metricName(metric)}</dt>
              <dd>{written(metric.unit, value ?? 0)}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}
