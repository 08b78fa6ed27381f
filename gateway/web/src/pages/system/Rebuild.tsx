import { useState } from "preact/hooks";
import { DeedForm } from "~/parts/DeedForm.tsx";
import { useDeed } from "~/parts/useDeed.ts";
import { useHere } from "~/place/place.ts";
import { moment, number } from "~/words/format.ts";
import { t } from "~/words/words.ts";
import { Failed } from "./Failed.tsx";
import { type ChecksQuery, StartRebuildDocument } from "./queries.generated.ts";

type Work = NonNullable<ChecksQuery["rebuild"]>;

/** Counting everything anew: how the last one went, and the next after being asked once more. */
export function Rebuild({ of, changed }: { of: Work; changed: () => void }) {
  const [isAsked, setAsked] = useState(false);
  const { perform, refusals, isBusy } = useDeed(StartRebuildDocument, () => []);
  const start = async () => {
    if ((await perform({})) === undefined) return;
    setAsked(false);
    changed();
  };
  return (
    <section class="card" aria-labelledby="h-rebuild">
      <h2 id="h-rebuild">{t("system.rebuild")}</h2>
      <p class="lede">{t("system.rebuildLede")}</p>
      <Progress of={of} />
      {isAsked ? (
        <DeedForm
          title={t("system.rebuildAsk")}
          act={t("system.rebuildStart")}
          isBusy={isBusy}
          refused={refusals}
          submit={start}
          leave={() => setAsked(false)}
        >
          <p class="mt">{t("system.rebuildWhat")}</p>
        </DeedForm>
      ) : (
        of.state !== "RUNNING" && (
          <div class="acts">
            <button class="btn" type="button" onClick={() => setAsked(true)}>
              {t("system.rebuildAsk")}
            </button>
          </div>
        )
      )}
    </section>
  );
}

function Progress({ of: { state, startedAt, error, done, total } }: { of: Work }) {
  const { timeZone } = useHere();
  if (state === "NEVER") return <p class="mt">{t("system.rebuildNever")}</p>;
  if (state === "FAILED") return <Failed why={error} />;
  if (state === "DONE") {
    const at = startedAt === null ? "" : moment(startedAt, timeZone);
    return <p class="mt">{t("system.rebuilt", { done: number(done), at })}</p>;
  }
  const words = t("system.rebuilding", { done: number(done), total: number(total) });
  return (
    <p class="mt">
      <progress aria-label={t("system.rebuild")} value={done} max={Math.max(total, 1)} /> {words}
    </p>
  );
}
