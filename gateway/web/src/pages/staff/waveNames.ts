import { spoken } from "~/parts/texts.ts";
import { useHere } from "~/place/place.ts";
import { month } from "~/words/format.ts";
import { languageInUse, t } from "~/words/words.ts";
import type { WaveNameFragment } from "./queries.generated.ts";
import { closedDay } from "./useWaves.ts";

/** What a wave is called in the language of the page; one that is repeated has the same name each time. */
export function waveName(wave: WaveNameFragment): string {
  return spoken({ text: wave.name, texts: wave.names }, wave.language, languageInUse()).text;
}

/** When a wave closed, as one says "since": June 2026. */
export function waveMonth(wave: WaveNameFragment, timeZone: string): string {
  const day = closedDay(wave, timeZone);
  return day === "" ? waveName(wave) : month(day, { year: true });
}

/** A wave told apart from others of its name: by the month in which it closed. */
export function useWaveLabel(): (wave: WaveNameFragment) => string {
  const { timeZone } = useHere();
  return (wave) =>
    wave.closedAt === null
      ? waveName(wave)
      : t("staff.waveOf", { name: waveName(wave), month: waveMonth(wave, timeZone) });
}
