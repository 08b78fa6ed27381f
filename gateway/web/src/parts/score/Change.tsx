import type { ComponentChildren } from "preact";
import type { ChangeVerdict, MetricUnit } from "~/api/types.generated.ts";
import { rich, t } from "~/words/words.ts";
import { amount, type Span, signedAmount } from "./units.ts";

export interface Changed {
  delta: number;
  verdict: ChangeVerdict;
  interval: Span;
}

interface Metric {
  unit: MetricUnit;
  higherIsBetter: boolean;
}

const UP = "M5.5 1 10.5 10H.5z";
const DOWN = "M5.5 10 .5 1h10z";
const HOLLOW_UP = "M5.5 2 9.7 9.4H1.3z";
const HOLLOW_DOWN = "M5.5 9 1.3 1.6h8.4z";

/** Whether a change is for the better; shape says the direction, colour and word say this. */
export function isBetter(
  { delta }: { delta: number },
  { higherIsBetter }: { higherIsBetter: boolean },
): boolean {
  return delta > 0 === higherIsBetter;
}

/** A change in words. `since`: what it is compared with; without it the short form of a row. */
export function Change({
  change,
  metric,
  since,
}: {
  change: Changed;
  metric: Metric;
  since?: string;
}) {
  return (
    <Judged verdict={change.verdict} isUp={change.delta > 0} isGood={isBetter(change, metric)}>
      {since === undefined ? shortSentence(change, metric) : sentence(change, metric, since)}
    </Judged>
  );
}

interface JudgedProps {
  verdict: ChangeVerdict;
  isUp: boolean;
  isGood: boolean;
  children: ComponentChildren;
}

/** Shape and words, of a change or of any difference: filled and coloured is earned by a clear verdict; hollow is weak, a bar is none. */
export function Judged({ verdict, isUp, isGood, children }: JudgedProps) {
  const kind =
    verdict === "CLEAR" ? (isGood ? "good" : "bad") : verdict === "WEAK" ? "weak" : "flat";
  return (
    <p class={`chg ${kind}`}>
      <svg viewBox="0 0 11 11" aria-hidden="true">
        {verdict === "CLEAR" && <path d={isUp ? UP : DOWN} fill="currentColor" />}
        {verdict === "WEAK" && (
          <path
            d={isUp ? HOLLOW_UP : HOLLOW_DOWN}
            fill="none"
            stroke="currentColor"
            stroke-width="1.4"
          />
        )}
        {verdict === "NONE" && (
          <path d="M.5 5.5h10" fill="none" stroke="currentColor" stroke-width="2" />
        )}
      </svg>
      <span>{children}</span>
    </p>
  );
}

function sentence(
  { delta, verdict, interval }: Changed,
  { unit }: Metric,
  since: string,
): ComponentChildren {
  const by = amount(unit, delta);
  if (verdict === "CLEAR")
    return delta > 0
      ? rich("score.clearUp", { by, since })
      : rich("score.clearDown", { by, since });
  if (verdict === "WEAK")
    return delta > 0 ? t("score.weakUp", { by, since }) : t("score.weakDown", { by, since });
  return t("score.notClear", {
    since,
    by: signedAmount(unit, delta),
    low: signedAmount(unit, interval.low),
    high: signedAmount(unit, interval.high),
  });
}

function shortSentence({ delta, verdict }: Changed, { unit }: Metric): ComponentChildren {
  const by = amount(unit, delta);
  if (verdict === "CLEAR")
    return delta > 0 ? rich("score.clearUpShort", { by }) : rich("score.clearDownShort", { by });
  if (verdict === "WEAK")
    return delta > 0 ? t("score.weakUpShort", { by }) : t("score.weakDownShort", { by });
  return t("score.notClearShort");
}
