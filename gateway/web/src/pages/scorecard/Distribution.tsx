import { ChartCard } from "~/parts/chart/ChartCard.tsx";
import { number, percent } from "~/words/format.ts";
import { t } from "~/words/words.ts";
import type { ScorecardData } from "./Verdict.tsx";

type Score = ScorecardData["nps"];

const PROMOTERS_FROM = 9;
const PASSIVES_FROM = 7;

/** How many gave each answer to the question whether they would recommend us. */
export function Distribution({ score }: { score: Score }) {
  const buckets = score?.distribution ?? [];
  const all = buckets.reduce((sum, { count }) => sum + count, 0);
  if (all === 0) return null;
  const share = (from: number, to: number) =>
    buckets
      .filter(({ label }) => Number(label) >= from && Number(label) < to)
      .reduce((sum, { count }) => sum + count, 0) / all;
  const parts = {
    promoters: percent(share(PROMOTERS_FROM, 11)),
    passives: percent(share(PASSIVES_FROM, PROMOTERS_FROM)),
    detractors: percent(share(0, PASSIVES_FROM)),
  };
  const most = Math.max(...buckets.map(({ count }) => count));
  return (
    <ChartCard
      title={t("scorecard.distributionTitle", parts)}
      sub={t("scorecard.distributionSub")}
      file="distribution"
      note={t("scorecard.distributionNote", { count: all })}
      table={() => ({
        caption: t("scorecard.distributionSub"),
        head: [t("scorecard.answer"), t("scorecard.answersColumn"), t("scorecard.shareColumn")],
        rows: buckets.map(({ label, count }) => [label, number(count), percent(count / all, 1)]),
      })}
    >
      <ol class="dist cx" aria-label={t("scorecard.distributionTitle", parts)}>
        {[...buckets].reverse().map(({ label, count }) => (
          <li key={label}>
            <span class="dist-l">{label}</span>
            <svg height="14" width="100%" aria-hidden="true">
              <rect class="track" width="100%" height="14" rx="2" />
              <rect
                class={groupOf(Number(label))}
                width={`${(count / most) * 100}%`}
                height="14"
                rx="2"
              />
            </svg>
            <span class="dist-n">{number(count)}</span>
          </li>
        ))}
      </ol>
    </ChartCard>
  );
}

/** Who recommends is drawn in full, who is passive in the tint, who does not in grey. */
function groupOf(score: number): string {
  if (score >= PROMOTERS_FROM) return "fill";
  return score >= PASSIVES_FROM ? "iv" : "fill2";
}
