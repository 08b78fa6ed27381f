import { WrongHere } from "~/pages/surveys/surveyEditor/Named.tsx";
import { WrongsContext } from "~/pages/surveys/surveyEditor/wrongs.ts";
import { isHalfWritten } from "~/parts/halfWritten.ts";
import { t } from "~/words/words.ts";
import { About } from "./About.tsx";
import type { Form, Standard } from "./form.ts";
import { waveAddress } from "./names.ts";
import { Questions } from "./Questions.tsx";
import type { WaveWholeFragment } from "./queries.generated.ts";
import { ThePromise } from "./ThePromise.tsx";
import { useSaving, useWriting } from "./useWriting.ts";
import { When } from "./When.tsx";
import { Who } from "./Who.tsx";

interface Props {
  start: Form;
  /** The stored draft; undefined for a new one. */
  wave: WaveWholeFragment | undefined;
  standard: Standard;
}

const SMALLEST = 5;

/** Everything about a wave as one form, saved at once. */
export function Editor({ start, wave, standard }: Props) {
  const { form, change, isKept, discard, forget } = useWriting(start, wave?.key ?? "");
  const { save, wrongs, isBusy } = useSaving(form, forget);
  return (
    <WrongsContext.Provider value={wrongs}>
      <form
        class="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!isBusy && !isHalfWritten(event.currentTarget)) save();
        }}
      >
        <About form={form} change={change} isNew={wave === undefined} />
        <Who form={form} change={change} />
        <ThePromise k={Math.max(Number(form.k) || SMALLEST, SMALLEST)} />
        <When form={form} change={change} />
        <Questions form={form} change={change} standard={standard} />
        <section class="card" aria-labelledby="h-save">
          <h2 id="h-save">{t("waves.save")}</h2>
          <p class="small">{t("waves.saveWhat")}</p>
          {isKept && (
            <p class="small">
              {t("surveyEditor.wasKept")}{" "}
              <button class="btn" type="button" onClick={discard}>
                {t("surveyEditor.discard")}
              </button>
            </p>
          )}
          <WrongHere name="" />
          <div class="acts">
            <button class="btn primary" type="submit" aria-busy={isBusy || undefined}>
              {t("parts.save")}
            </button>
            <a class="btn" href={wave === undefined ? "/waves" : waveAddress(wave.key)}>
              {t("parts.cancel")}
            </a>
          </div>
        </section>
      </form>
    </WrongsContext.Provider>
  );
}
