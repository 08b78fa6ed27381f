import { useState } from "preact/hooks";
import type { ErasureState } from "~/api/types.generated.ts";
import { Field } from "~/parts/Field.tsx";
import { Skeleton } from "~/parts/Skeleton.tsx";
import { Trouble } from "~/parts/Trouble.tsx";
import { usePageTitle } from "~/shell/usePageTitle.ts";
import { number } from "~/words/format.ts";
import { t } from "~/words/words.ts";
import { Erasure } from "./Erasure.tsx";
import { useErasures } from "./useErasures.ts";

const STATES: readonly ErasureState[] = [
  "REQUESTED",
  "COUNTED",
  "APPROVED",
  "RUNNING",
  "DONE",
  "REFUSED",
];

/** Requests to erase customers: what each would erase, who decides, and what services say they erased. */
export default function Privacy() {
  const [state, setState] = useState<ErasureState | "">("");
  const [told, setTold] = useState("");
  const { requests, total, isReading, isFailed, more, again } = useErasures(state || null);
  usePageTitle(t("privacy.title"));
  const done = (words: string) => {
    setTold(words);
    again();
  };
  return (
    <>
      <h1 class="verdict" tabIndex={-1}>
        {t("privacy.title")}
      </h1>
      <p class="verdict-2">{t("privacy.lede")}</p>
      <p role="status" class={told && "note-bar"}>
        {told}
      </p>
      <section class="card mt" aria-label={t("privacy.title")}>
        <Field label={t("privacy.which")}>
          {(control) => (
            <select
              {...control}
              value={state}
              onChange={(event) => setState(event.currentTarget.value as ErasureState | "")}
            >
              <option value="">{t("privacy.all")}</option>
              {STATES.map((each) => (
                <option key={each} value={each}>
                  {t(`privacy.state_${each}`)}
                </option>
              ))}
            </select>
          )}
        </Field>
        {total !== undefined && (
          <p class="small muted mt">{t("privacy.count", { count: total, shown: number(total) })}</p>
        )}
        {isFailed && <Trouble what={t("privacy.title")} again={again} />}
        {isReading && requests.length === 0 && <Skeleton />}
        {!isReading && !isFailed && requests.length === 0 && (
          <p class="lede mt">
            {t("privacy.none")} <a href="/customers">{t("customers.find")}</a>
          </p>
        )}
        {more && (
          <div class="acts">
            <button class="btn" type="button" onClick={more}>
              {t("parts.more")}
            </button>
          </div>
        )}
      </section>
      {requests.map((request) => (
        <Erasure key={request.id} request={request} done={done} />
      ))}
    </>
  );
}
