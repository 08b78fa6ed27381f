import { list } from "~/words/format.ts";
import { t } from "~/words/words.ts";
import type { ScorecardData } from "./Verdict.tsx";

/** By which formulas the page was counted, and what its words mean. */
export function Footer({ scorecard }: { scorecard: ScorecardData }) {
  const { nps, csat, ces, turnoverRate, enps, engagement } = scorecard;
  const versions = [nps, csat, ces, turnoverRate, enps, engagement].flatMap((score) =>
    score ? [`${score.metric.key} ${score.metric.version}`] : [],
  );
  const { measured, indicators } = scorecard.completeness;
  const missing = indicators.filter(({ status }) => status !== "MEASURED");
  return (
    <footer class="foot">
      <span>{t("scorecard.versions", { versions: list(versions) })}</span>
      <span>{t("scorecard.clearMeans")}</span>
      <span>{t("scorecard.likelyMeans")}</span>
      <span>
        {t("scorecard.measuredOf", { measured, all: indicators.length })}{" "}
        {missing.length > 0 &&
          t("scorecard.notMeasured", {
            names: list(missing.map(({ indicator }) => t(`scorecard.indicator_${indicator}`))),
          })}
      </span>
      <a href="/why-withheld#who">{t("why.who")}</a>
    </footer>
  );
}
