import { useState } from "preact/hooks";
import type { RequestErasureInput } from "~/api/types.generated.ts";
import { DeedForm } from "~/parts/DeedForm.tsx";
import { Field } from "~/parts/Field.tsx";
import { wrongAt, wrongElsewhere } from "~/parts/refusals.ts";
import { useDeed } from "~/parts/useDeed.ts";
import { t } from "~/words/words.ts";
import { AskErasureDocument } from "./queries.generated.ts";

interface Props {
  /** By what the customer is named to the API. */
  whom: Omit<RequestErasureInput, "reason">;
  done: (words: string) => void;
  leave: () => void;
}

/** A customer is to be erased: it is counted what would go, and another person decides. */
export function AskErasure({ whom, done, leave }: Props) {
  const [reason, setReason] = useState("");
  const { perform, refusals, isBusy } = useDeed(
    AskErasureDocument,
    (data) => data.requestErasure.userErrors,
  );
  const submit = async () => {
    const asked = await perform({ input: { ...whom, reason } });
    if (asked !== undefined) done(t("privacy.wasAsked"));
  };
  return (
    <DeedForm
      title={t("privacy.ask")}
      act={t("privacy.ask")}
      isBusy={isBusy}
      refused={wrongElsewhere(refusals, "reason")}
      submit={submit}
      leave={leave}
    >
      <p class="small mt">{t("privacy.askMeans")}</p>
      <Field
        label={t("privacy.why")}
        hint={t("privacy.askWhy")}
        wrong={wrongAt(refusals, "reason")}
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
