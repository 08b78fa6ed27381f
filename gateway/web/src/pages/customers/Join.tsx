import { useState } from "preact/hooks";
import { DeedForm } from "~/parts/DeedForm.tsx";
import { Field } from "~/parts/Field.tsx";
import { wrongAt, wrongElsewhere } from "~/parts/refusals.ts";
import { useDeed } from "~/parts/useDeed.ts";
import { t } from "~/words/words.ts";
import { LinkCustomersDocument } from "./queries.generated.ts";
import { Why } from "./Why.tsx";

interface Props {
  number: string;
  done: (words: string) => void;
  leave: () => void;
}

/** Another customer that is the same person. */
export function Join({ number, done, leave }: Props) {
  const [other, setOther] = useState("");
  const [reason, setReason] = useState("");
  const { perform, refusals, isBusy } = useDeed(
    LinkCustomersDocument,
    (data) => data.linkCustomers.userErrors,
  );
  const submit = async () => {
    const read = await perform({ input: { a: number, b: other.trim(), reason } });
    if (read === undefined) return;
    const { conflict } = read.linkCustomers;
    done(
      conflict === null
        ? t("customers.joined")
        : `${t("customers.notJoined")} ${t(`customers.conflict_${conflict.reason}`)}`,
    );
  };
  return (
    <DeedForm
      title={t("customers.join")}
      act={t("customers.joinIt")}
      isBusy={isBusy}
      refused={wrongElsewhere(refusals, "b", "reason")}
      submit={submit}
      leave={leave}
    >
      <Field
        label={t("customers.other")}
        hint={t("customers.otherHint")}
        wrong={wrongAt(refusals, "b")}
      >
        {(control) => (
          <input
            {...control}
            inputMode="numeric"
            autocomplete="off"
            maxLength={18}
            value={other}
            onInput={(event) => setOther(event.currentTarget.value)}
          />
        )}
      </Field>
      <Why reason={reason} set={setReason} wrong={wrongAt(refusals, "reason")} />
    </DeedForm>
  );
}
