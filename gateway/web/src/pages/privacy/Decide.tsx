import { useState } from "preact/hooks";
import type { ErasureState, PrivacyDecision } from "~/api/types.generated.ts";
import { DeedForm } from "~/parts/DeedForm.tsx";
import { Field } from "~/parts/Field.tsx";
import { wrongAt, wrongElsewhere } from "~/parts/refusals.ts";
import { useDeed } from "~/parts/useDeed.ts";
import { t } from "~/words/words.ts";
import { DecideErasureDocument } from "./queries.generated.ts";

interface Props {
  id: string;
  /** Whose erasure it is. */
  name: string;
  state: ErasureState;
  done: (words: string) => void;
  leave: () => void;
}

/** Whether a customer is erased. It cannot be undone, so nothing is chosen before somebody does. */
export function Decide({ id, name, state, done, leave }: Props) {
  const [decision, setDecision] = useState<PrivacyDecision>();
  const [reason, setReason] = useState("");
  const [isTried, setTried] = useState(false);
  const { perform, refusals, isBusy } = useDeed(
    DecideErasureDocument,
    (data) => data.decidePrivacy.userErrors,
  );
  const lacksReason = decision === "REFUSE" && reason.trim() === "";
  const submit = async () => {
    setTried(true);
    if (decision === undefined || lacksReason) return;
    const input = { id, decision, reason: reason.trim() || null };
    if ((await perform({ input })) !== undefined) done(t(`privacy.said_${decision}`, { name }));
  };
  const choices: readonly PrivacyDecision[] =
    state === "COUNTED" ? ["APPROVE", "REFUSE"] : ["REFUSE"];
  return (
    <DeedForm
      title={t("privacy.decide")}
      act={t("privacy.decide")}
      isBusy={isBusy}
      refused={wrongElsewhere(refusals, "reason")}
      submit={submit}
      leave={leave}
    >
      <fieldset class="mt">
        <legend>{name}</legend>
        {choices.map((each) => (
          <label class="opt" key={each}>
            <input
              type="radio"
              name={`decision-${id}`}
              checked={decision === each}
              onChange={() => setDecision(each)}
            />
            <span>{t(`privacy.decision_${each}`)}</span>
          </label>
        ))}
        {isTried && decision === undefined && (
          <span class="wrong" role="alert">
            {t("privacy.choose")}
          </span>
        )}
      </fieldset>
      {state !== "COUNTED" && <p class="small muted">{t("privacy.notCounted")}</p>}
      <Field
        label={t("privacy.why")}
        hint={t("privacy.whyHint")}
        wrong={isTried && lacksReason ? t("parts.needed") : wrongAt(refusals, "reason")}
      >
        {(control) => (
          <input
            {...control}
            autocomplete="off"
            maxLength={500}
            value={reason}
            onInput={(event) => setReason(event.currentTarget.value)}
          />
        )}
      </Field>
    </DeedForm>
  );
}
