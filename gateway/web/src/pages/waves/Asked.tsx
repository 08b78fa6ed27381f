import { Said } from "~/parts/Said.tsx";
import { spoken } from "~/parts/texts.ts";
import { number } from "~/words/format.ts";
import { languageInUse, t } from "~/words/words.ts";
import type { WaveWholeFragment } from "./queries.generated.ts";

/** What is asked, in its order. */
export function Asked({ wave }: { wave: WaveWholeFragment }) {
  return (
    <section class="card" aria-labelledby="h-asked">
      <h2 id="h-asked">{t("waves.asked", { count: number(wave.questions.length) })}</h2>
      <ol class="items">
        {wave.questions.map((question) => (
          <li key={question.key}>
            <div>
              <h3>
                <Said {...spoken(question, wave.language, languageInUse())} />
              </h3>
              <p>{t(`waves.question_${question.kind}`)}</p>
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}
