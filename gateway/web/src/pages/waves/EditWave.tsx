import { useMemo } from "preact/hooks";
import { useRead } from "~/api/useRead.ts";
import { Said } from "~/parts/Said.tsx";
import { useHere } from "~/place/place.ts";
import { usePageTitle } from "~/shell/usePageTitle.ts";
import { t } from "~/words/words.ts";
import { Editor } from "./Editor.tsx";
import { formOf } from "./form.ts";
import { nameOfWave, waveAddress } from "./names.ts";
import { StandardQuestionsDocument, type WaveWholeFragment } from "./queries.generated.ts";
import { WithWave } from "./WithWave.tsx";

/** What is planned of a wave, to be changed while it is a draft. */
export default function EditWave() {
  usePageTitle(t("waves.edit"));
  return <WithWave show={(wave) => <Edit key={wave.key} wave={wave} />} />;
}

function Edit({ wave }: { wave: WaveWholeFragment }) {
  const { timeZone } = useHere();
  const start = useMemo(() => formOf(wave, timeZone), [wave, timeZone]);
  const [{ data }] = useRead({ query: StandardQuestionsDocument });
  return (
    <>
      <p class="tag mt">
        <a href={waveAddress(wave.key)}>{t("waves.back")}</a>
      </p>
      <h1 class="verdict" tabIndex={-1}>
        <Said {...nameOfWave(wave)} />
      </h1>
      <p class="verdict-2">{t("waves.fixedOnceOpen")}</p>
      {wave.state === "DRAFT" ? (
        <Editor start={start} wave={wave} standard={data?.standardWaveQuestions ?? []} />
      ) : (
        <p class="note-bar mt">{t("waves.error_WAVE_OPENED")}</p>
      )}
    </>
  );
}
