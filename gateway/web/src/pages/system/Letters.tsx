import { useState } from "preact/hooks";
import { Refusals } from "~/parts/Refusals.tsx";
import { Skeleton } from "~/parts/Skeleton.tsx";
import { Trouble } from "~/parts/Trouble.tsx";
import { useDeed } from "~/parts/useDeed.ts";
import { list, number } from "~/words/format.ts";
import { rich, t } from "~/words/words.ts";
import { Kinds } from "./Kinds.tsx";
import { ReplayDeadLettersDocument, type ReplayDeadLettersMutation } from "./queries.generated.ts";
import { nameOf } from "./services.ts";
import { type Backlog, givenUp, type useBacklog } from "./useBacklog.ts";

type Replayed = ReplayDeadLettersMutation["replayDeadLetters"];

/** Messages that were set aside: how many, of what kind, and to be applied once more. */
export function Letters({ backlog, isRead, again }: ReturnType<typeof useBacklog>) {
  const [replayed, setReplayed] = useState<Replayed>();
  const { perform, refusals, isBusy } = useDeed(ReplayDeadLettersDocument, () => []);
  const replay = async () => {
    if (isBusy) return;
    setReplayed((await perform({}))?.replayDeadLetters);
    again();
  };
  if (backlog === undefined) {
    return isRead ? <Trouble what={t("system.letters")} again={again} /> : <Skeleton />;
  }
  return (
    <section class="card" aria-labelledby="h-letters">
      <h2 id="h-letters">{t("system.letters")}</h2>
      <p class="lede">{t("system.lettersLede")}</p>
      <Now of={backlog} />
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

function Now({ of }: { of: Backlog }) {
  const silent = of.filter(({ deadLetterCount }) => deadLetterCount === null);
  const count = givenUp(of);
  return (
    <>
      {count > 0 ? (
        <>
          <p class="wrong mt">{rich("system.given", { count: number(count) })}</p>
          <Kinds of={of} count={count} />
        </>
      ) : (
        silent.length < of.length && <p class="mt">{t("system.noneGiven")}</p>
      )}
      {silent.length > 0 && (
        <p class="mt">
          {t("system.notTold", { names: list(silent.map(({ service }) => nameOf(service))) })}
        </p>
      )}
    </>
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
