import { metricName } from "~/parts/score/names.ts";
import { number } from "~/words/format.ts";
import { t } from "~/words/words.ts";
import {
  baseWords,
  calculationWords,
  type Definition,
  type Metric,
  sourceWords,
  unitWords,
} from "./definitions.ts";

/** One metric in words, its earlier versions, and its calculation as data. */
export function MetricCard({ metric, isAdmin }: { metric: Metric; isAdmin: boolean }) {
  const { newest, older } = metric;
  return (
    <article class="card" aria-labelledby={`h-${newest.key}`}>
      <h3 id={`h-${newest.key}`}>{metricName(newest)}</h3>
      <p>{calculationWords(newest)}</p>
      <Facts definition={newest} />
      {older.length > 0 && (
        <details>
          <summary>
            {t("metrics.older", { count: older.length, shown: number(older.length) })}
          </summary>
          {older.map((definition) => (
            <div class="mt" key={definition.version}>
              <p class="small">{calculationWords(definition)}</p>
              <Facts definition={definition} />
            </div>
          ))}
        </details>
      )}
      <details>
        <summary>{t("metrics.asData")}</summary>
        <p class="rule">{newest.formula}</p>
        {newest.calculation !== null && (
          <pre class="rule">{JSON.stringify(bare(newest.calculation), null, 1)}</pre>
        )}
      </details>
      {isAdmin && (
        <div class="acts2">
          <a class="btn" href={`/metrics/new?from=${encodeURIComponent(newest.key)}`}>
            {t("metrics.newVersion")}
            <span class="vh">: {metricName(newest)}</span>
          </a>
        </div>
      )}
    </article>
  );
}

function Facts({ definition }: { definition: Definition }) {
  const source = sourceWords(definition);
  return (
    <dl class="kv">
      {source && <dt>{t("metrics.reads")}</dt>}
      {source && <dd>{source}</dd>}
      <dt>{t("metrics.counted")}</dt>
      <dd>{baseWords(definition)}</dd>
      <dt>{t("metrics.minimumBase")}</dt>
      <dd>{number(definition.minimumBase)}</dd>
      <dt>{t("metrics.unit")}</dt>
      <dd>{unitWords(definition.unit)}</dd>
      <dt>{t("metrics.better")}</dt>
      <dd>{t(definition.higherIsBetter ? "metrics.higher" : "metrics.lower")}</dd>
      <dt>{t("metrics.key")}</dt>
      <dd>{t("metrics.keyAndVersion", { key: definition.key, version: definition.version })}</dd>
    </dl>
  );
}

/** Without what the client adds for itself. */
function bare(calculation: object): object {
  return Object.fromEntries(
    Object.entries(calculation).filter(([name, value]) => name !== "__typename" && value !== null),
  );
}
