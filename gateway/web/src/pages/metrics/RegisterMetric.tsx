import { useLocation } from "preact-iso";
import { useRead } from "~/api/useRead.ts";
import { Skeleton } from "~/parts/Skeleton.tsx";
import { Trouble } from "~/parts/Trouble.tsx";
import { usePageTitle } from "~/shell/usePageTitle.ts";
import { t } from "~/words/words.ts";
import { byKey } from "./definitions.ts";
import { draftOf, EMPTY } from "./draft.ts";
import { MetricForm } from "./MetricForm.tsx";
import { DefinitionsDocument } from "./queries.generated.ts";

/** A metric of the organisation's own, or a new version of one (`?from=KEY`). */
export default function RegisterMetric() {
  const { query } = useLocation();
  const from = query["from"];
  const [{ data, fetching }, again] = useRead({
    query: DefinitionsDocument,
    pause: !from,
    requestPolicy: "network-only",
  });
  usePageTitle(t("metrics.register"));
  const known = byKey(data?.metricDefinitions ?? []).find(({ newest }) => newest.key === from);
  const start = known === undefined ? EMPTY : draftOf(known.newest);
  return (
    <>
      <h1 class="verdict" tabIndex={-1}>
        {known === undefined
          ? t("metrics.register")
          : t("metrics.versionOf", { name: known.newest.name })}
      </h1>
      <p class="verdict-2">
        {t(known === undefined ? "metrics.registerLede" : "metrics.versionLede")}
      </p>
      {from && known === undefined ? (
        fetching ? (
          <Skeleton />
        ) : (
          <Trouble
            what={t("metrics.theMetric")}
            again={() => again({ requestPolicy: "network-only" })}
          />
        )
      ) : (
        <MetricForm key={from} start={start} isKnown={known !== undefined} />
      )}
    </>
  );
}
