import { useEffect, useState } from "preact/hooks";
import { DeedForm } from "~/parts/DeedForm.tsx";
import { useDeed } from "~/parts/useDeed.ts";
import { number } from "~/words/format.ts";
import { t } from "~/words/words.ts";
import type { Past } from "./PastImports.tsx";
import { TakeBackDocument, type TakeBackMutation } from "./queries.generated.ts";

type Outcome = TakeBackMutation["takeBackImport"];

interface Props {
  past: Past;
  /** What to tell once it is taken back. */
  done: (words: string) => void;
  leave: () => void;
}

/** Says what would be withdrawn and what would stay, asks once more, and withdraws thousand by thousand. */
export function TakeBack({ past, done, leave }: Props) {
  const { perform, refusals, isBusy } = useDeed(
    TakeBackDocument,
    ({ takeBackImport }) => takeBackImport.userErrors,
  );
  const [would, setWould] = useState<Outcome>();
  const [withdrawn, setWithdrawn] = useState(0);
  const [isStuck, setStuck] = useState(false);
  const ask = async (dryRun: boolean) => (await perform({ id: past.id, dryRun }))?.takeBackImport;
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once, when it is opened
  useEffect(() => {
    void ask(true).then(setWould);
  }, []);
  const submit = async () => {
    if (would === undefined || would.withdrawn === 0) return leave();
    setStuck(false);
    for (let all = withdrawn; ; ) {
      const outcome = await ask(false);
      if (outcome === undefined) return;
      all += outcome.withdrawn;
      setWithdrawn(all);
      if (outcome.remaining === 0)
        return done(t("imports.tookBack", { name: past.fileName, count: number(all) }));
      if (outcome.withdrawn === 0) return setStuck(true);
    }
  };
  const isNothing = would?.withdrawn === 0;
  return (
    <DeedForm
      title={t("imports.takeBackTitle", { name: past.fileName })}
      act={isNothing || would === undefined ? t("parts.close") : t("imports.takeBackNow")}
      isBusy={isBusy}
      refused={refusals}
      submit={submit}
      leave={leave}
    >
      <div role="status">
        {would === undefined && isBusy && <p class="small">{t("imports.takeBackLooks")}</p>}
        {would && <Said would={would} />}
        {withdrawn > 0 && would && (
          <p class="small">
            {t("imports.withdrawnOf", {
              done: number(withdrawn),
              all: number(would.withdrawn),
            })}
          </p>
        )}
        {isStuck && <p class="wrong">{t("imports.takeBackStuck")}</p>}
      </div>
    </DeedForm>
  );
}

const STAYS = ["CORRECTED_SINCE", "NOT_YOUR_DEPARTMENT", "CORRECTED_BY_IMPORT"] as const;

function Said({ would: { withdrawn, stays } }: { would: Outcome }) {
  const told = STAYS.flatMap((reason) =>
    stays.filter((each) => each.reason === reason).map(({ count }) => ({ reason, count })),
  );
  return (
    <>
      <p>
        {withdrawn === 0
          ? t("imports.withdrawsNothing")
          : t("imports.withdraws", { count: number(withdrawn) })}
      </p>
      {told.length > 0 && (
        <ul class="plain">
          {told.map(({ reason, count }) => (
            <li key={reason}>{t(`imports.stays_${reason}`, { count: number(count) })}</li>
          ))}
        </ul>
      )}
      {withdrawn > 0 && <p>{t("imports.neverBack")}</p>}
    </>
  );
}
