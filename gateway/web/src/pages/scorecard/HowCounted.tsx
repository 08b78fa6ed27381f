import type { ComponentChildren } from "preact";
import { Drop } from "~/parts/Drop.tsx";
import type { ExplainedFragment, MeasureFragment } from "~/parts/score/measure.generated.ts";
import { t } from "~/words/words.ts";

interface Props {
  metric: MeasureFragment["metric"];
  /** How the number came about, where its counts may be told. */
  explanation?: ExplainedFragment["explanation"] | undefined;
  /** What can be asked besides. */
  children?: ComponentChildren;
}

/** How a metric is counted, in the version that was used, and with the numbers of this one. */
export function HowCounted({ metric, explanation, children }: Props) {
  const { worked, intervalMethod, intervalNote } = explanation ?? {};
  return (
    <Drop kind="drop how" label={t("scorecard.howCounted")}>
      <p>{t(`scorecard.explained_${explained(metric.key)}`)}</p>
      <p class="muted">
        {t("scorecard.formula", { formula: metric.formula, version: metric.version })}
      </p>
      {worked != null && (
        <p class="muted">
          {t("scorecard.worked", { worked: worked.replaceAll(" x ", " \u00d7 ") })}
        </p>
      )}
      <p class="muted">{t("scorecard.likelyMeans")}</p>
      {intervalMethod != null && (
        <p class="muted">{t("scorecard.method", { method: intervalMethod })}</p>
      )}
      {intervalNote === "T_BELOW_30" && <p class="muted">{t("scorecard.fewForT")}</p>}
      {children}
    </Drop>
  );
}

const EXPLAINED = [
  "nps",
  "csat",
  "ces",
  "turnoverRate",
  "turnoverRateHeadcount",
  "enps",
  "engagement",
  "participationRate",
  "burnout",
] as const;

function explained(key: string): (typeof EXPLAINED)[number] | "own" {
  return EXPLAINED.find((known) => known === key) ?? "own";
}
