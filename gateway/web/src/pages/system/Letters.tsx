import { useState } from "preact/hooks";
import { Refusals } from "~/parts/Refusals.tsx";
import { useDeed } from "~/parts/useDeed.ts";
import { number } from "~/words/format.ts";
import { t } from "~/words/words.ts";
import { ReplayDeadLettersDocument, type ReplayDeadLettersMutation } from "./queries.generated.ts";
import { nameOf } from "./services.ts";

type Replayed = ReplayDeadLettersMutation["replayDeadLetters"];

/** Messages that were set aside, to be applied once more. */
export function Letters() {
  const [replayed, setReplayed] = useState<Replayed>();
  const { perform, refusals, isBusy } = useDeed(ReplayDeadLettersDocument, () => []);
  const replay = async () => {
    if (isBusy) return;
    setReplayed((await perform({}))?.replayDeadLetters);
  };
  return (
    <section class="card" aria-labelledby="h-letters">
      <h2 id="h-letters">{t("system.letters")}</h2>
      <p class="lede">{t("system.lettersLede")}</p>
      <div role="status">{replayed && <Outcome of={replayed} />}</div>
      <Refusals of={refusals} />
      <div class="acts">
        <button class="btn" type="button" aria-busy={isBusy || undefined} onClick={replay}>
          {t("system.replay")}
        </button>
      </div>
    </section>
  );
}

function Outcome({ of }: { of: Replayed }) {
  const some = of.filter(({ replayed, failed }) => replayed + failed > 0);
  if (some.length === 0) return <p class="mt">{t("system.nothingLeft")}</p>;
  return (
    <>
      {some.map(({ service, replayed, failed }) => (
        <p class={failed > 0 ? "wrong mt" : "mt"} key={service}>
          {t("system.replayed", {
            service: nameOf(service),
            replayed: number(replayed),
            failed: number(failed),
          })}
        </p>
      ))}
    </>
  );
}
