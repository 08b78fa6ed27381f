import { lookAt, staffFeel } from "~/pages/scorecard/verdict.ts";
import { written } from "~/parts/score/units.ts";
import { useHere } from "~/place/place.ts";
import { list } from "~/words/format.ts";
import { rich, t } from "~/words/words.ts";
import type { WaveNameFragment } from "./queries.generated.ts";
import { itemsOf, type Results, statisticName, wholeOf } from "./scores.ts";
import { useWaveLabel, waveMonth } from "./waveNames.ts";

interface Props {
  wave: Results;
  chosen: WaveNameFragment;
  against: WaveNameFragment | undefined;
}

/** How staff feel, in a sentence that could be said aloud; clear changes only. */
export function Verdict({ wave, chosen, against }: Props) {
  const { timeZone } = useHere();
  const name = useWaveLabel()(chosen);
  if (wave.results?.status === "WITHHELD") {
    return (
      <>
        <h1 class="verdict" tabIndex={-1}>
          {t("staff.withheldHere", { name })}
        </h1>
        <p class="verdict-2">{t("staff.withheldWhy")}</p>
      </>
    );
  }
  const whole = [wholeOf(wave, "enps"), wholeOf(wave, "engagement"), wholeOf(wave, "burnout")];
  const items = itemsOf(wave);
  const isJudged = [...whole, ...items.map(({ measure }) => measure)].some(
    (one) => one?.change != null,
  );
  const feel = staffFeel(whole);
  const names = new Map(items.map(({ question, asked }) => [question.key, asked.text]));
  const look = lookAt([...whole, ...items.map(({ measure }) => measure)]);
  const namesOf = (found: typeof look.clear) =>
    list(
      found.map(({ metric }) => {
        const name = names.get(metric.key) ?? statisticName(metric.key);
        return t("scorecard.quoted", { name });
      }),
    );
  const since = against === undefined ? "" : waveMonth(against, timeZone);
  const rate = wholeOf(wave, "participationRate");
  return (
    <>
      <h1 class="verdict" tabIndex={-1}>
        {feel !== undefined
          ? rich(`scorecard.staffFeel_${feel}`, { since })
          : isJudged
            ? rich("staff.feel_unclear", { since })
            : rich("staff.feel_unjudged", { name })}
      </h1>
      <p class="verdict-2">
        {look.clear.length > 0 && `${t("scorecard.lookClear", { names: namesOf(look.clear) })} `}
        {look.weak.length > 0 && `${t("scorecard.lookWeak", { names: namesOf(look.weak) })} `}
        {look.clear.length + look.weak.length === 0 &&
          isJudged &&
          `${t("scorecard.nothingToLookAt")} `}
        {rate?.value != null && t("staff.share", { share: written("SHARE", rate.value) })}
      </p>
    </>
  );
}
