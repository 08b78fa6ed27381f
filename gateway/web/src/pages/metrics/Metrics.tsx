import { useRead } from "~/api/useRead.ts";
import { Skeleton } from "~/parts/Skeleton.tsx";
import { Trouble } from "~/parts/Trouble.tsx";
import { usePageTitle } from "~/shell/usePageTitle.ts";
import { useViewer } from "~/shell/viewer.ts";
import { number } from "~/words/format.ts";
import { t } from "~/words/words.ts";
import { byKey } from "./definitions.ts";
import { MetricCard } from "./MetricCard.tsx";
import { DefinitionsDocument } from "./queries.generated.ts";

/** How every number is counted: the product's metrics, then the organisation's own. */
export default function Metrics() {
  const isAdmin = useViewer().roles.has("ADMIN");
  const [{ data, error }, again] = useRead({
    query: DefinitionsDocument,
  });
  usePageTitle(t("metrics.title"));
  const metrics = byKey(data?.metricDefinitions ?? []);
  const own = metrics.filter(({ newest }) => !newest.builtIn);
  return (
    <>
      <h1 class="verdict" tabIndex={-1}>
        {t("metrics.heading")}
      </h1>
      <p class="verdict-2">{t("metrics.lede")}</p>
      {isAdmin && (
        <div class="acts">
          <a class="btn primary" href="/metrics/new">
            {t("metrics.register")}
          </a>
        </div>
      )}
      {data?.metricDefinitions == null ? (
        error === undefined && data === undefined ? (
          <Skeleton />
        ) : (
          <Trouble
            what={t("metrics.title")}
            again={() => again({ requestPolicy: "network-only" })}
          />
        )
      ) : (
        <>
          <section class="sec" aria-labelledby="h-own">
            <h2 id="h-own">{t("metrics.own", { count: own.length, shown: number(own.length) })}</h2>
            {own.length === 0 && <p>{t("metrics.noOwn")}</p>}
            <div class="gallery">
              {own.map((metric) => (
                <MetricCard key={metric.newest.key} metric={metric} isAdmin={isAdmin} />
              ))}
            </div>
          </section>
          <section class="sec" aria-labelledby="h-built-in">
            <h2 id="h-built-in">{t("metrics.builtIn")}</h2>
            <div class="gallery">
              {metrics
                .filter(({ newest }) => newest.builtIn)
                .map((metric) => (
                  <MetricCard key={metric.newest.key} metric={metric} isAdmin={false} />
                ))}
            </div>
          </section>
        </>
      )}
    </>
  );
}
