import { Drop } from "~/parts/Drop.tsx";
import type { MeasureFragment } from "~/parts/score/measure.generated.ts";
import { t } from "~/words/words.ts";

/** How a metric is counted, in the version that was used. */
export function HowCounted({ metric }: { metric: MeasureFragment["metric"] }) {
  return (
    <Drop kind="drop how" label={t("scorecard.howCounted")}>
      <p>{t(`scorecard.explained_${explained(metric.key)}`)}</p>
      <p class="muted">
        {t("scorecard.formula", { formula: metric.formula, version: metric.version })}
      </p>
      <p class="muted">{t("scorecard.likelyMeans")}</p>
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
