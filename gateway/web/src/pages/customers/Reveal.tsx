import { useState } from "preact/hooks";
import { DeedForm } from "~/parts/DeedForm.tsx";
import { Field } from "~/parts/Field.tsx";
import { wrongAt, wrongElsewhere } from "~/parts/refusals.ts";
import { useDeed } from "~/parts/useDeed.ts";
import { t } from "~/words/words.ts";
import { RevealCustomerDocument, type RevealCustomerMutation } from "./queries.generated.ts";

interface Props {
  number: string;
  done: (plain: RevealCustomerMutation["revealCustomer"]) => void;
  leave: () => void;
}

/** Who a customer is, for somebody who says why. */
export function Reveal({ number, done, leave }: Props) {
  const [reason, setReason] = useState("");
  const { perform, refusals, isBusy } = useDeed(
    RevealCustomerDocument,
    (data) => data.revealCustomer.userErrors,
  );
  const submit = async () => {
    const read = await perform({ input: { number, reason } });
    if (read !== undefined) done(read.revealCustomer);
  };
  return (
    <DeedForm
      title={t("customers.reveal")}
      act={t("customers.revealIt")}
      isBusy={isBusy}
      refused={wrongElsewhere(refusals, "reason")}
      submit={submit}
      leave={leave}
    >
      <Field
        label={t("customers.why")}
        hint={t("customers.whyReveal")}
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
