import { Refusals } from "~/parts/Refusals.tsx";
import { useDeed } from "~/parts/useDeed.ts";
import { t } from "~/words/words.ts";
import { CancelDriversDocument, type DriversQuery } from "./queries.generated.ts";

type Latest = NonNullable<NonNullable<DriversQuery["department"]>["latest"]>[number];

interface Props {
  of: Latest;
  mayCancel: boolean;
  changed: () => void;
}

/** How far the latest analysis is, while it goes on; and why it failed. */
export function Going({ of: { id, state, progress, failure }, mayCancel, changed }: Props) {
  const { perform, refusals, isBusy } = useDeed(
    CancelDriversDocument,
    (data) => data.cancelDriverAnalysis.userErrors,
  );
  if (state === "FAILED") return <p class="few">{t("drivers.failed", { why: failure ?? "" })}</p>;
  if (state !== "WAITING" && state !== "RUNNING") return null;
  const cancel = async () => {
    if (!isBusy && (await perform({ id })) !== undefined) changed();
  };
  const words = t(state === "WAITING" ? "drivers.waits" : "drivers.runs");
  return (
    <>
      <p role="status">
        {words} <progress aria-label={words} value={progress} max={1} />
      </p>
      {mayCancel && (
        <button class="btn" type="button" aria-busy={isBusy || undefined} onClick={cancel}>
          {t("drivers.cancel")}
        </button>
      )}
      <Refusals of={refusals} />
    </>
  );
}
