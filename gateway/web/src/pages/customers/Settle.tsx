import { useState } from "preact/hooks";
import type { CustomerSettlement } from "~/api/types.generated.ts";
import { DeedForm } from "~/parts/DeedForm.tsx";
import { wrongAt, wrongElsewhere } from "~/parts/refusals.ts";
import { useDeed } from "~/parts/useDeed.ts";
import { t } from "~/words/words.ts";
import { SettleConflictDocument } from "./queries.generated.ts";
import { Why } from "./Why.tsx";

const SETTLEMENTS: readonly CustomerSettlement[] = ["APART", "JOIN", "DISMISS"];

interface Props {
  conflict: { id: string; a: string; b: string };
  done: (words: string) => void;
  leave: () => void;
}

/** What becomes of a link that was refused. */
export function Settle({ conflict: { id, a, b }, done, leave }: Props) {
  const [settlement, setSettlement] = useState<CustomerSettlement>("APART");
  const [reason, setReason] = useState("");
  const { perform, refusals, isBusy } = useDeed(
    SettleConflictDocument,
    (data) => data.settleConflict.userErrors,
  );
  const submit = async () => {
    const read = await perform({ input: { id, settlement, reason } });
    if (read !== undefined) done(t(`customers.settled_${settlement}`, { first: a, second: b }));
  };
  return (
    <DeedForm
      title={t("customers.settle")}
      act={t("customers.settle")}
      isBusy={isBusy}
      refused={wrongElsewhere(refusals, "reason")}
      submit={submit}
      leave={leave}
    >
      <fieldset class="mt">
        <legend>{t("customers.whatOfIt", { first: a, second: b })}</legend>
        {SETTLEMENTS.map((each) => (
          <label class="opt" key={each}>
            <input
              type="radio"
              name={`settlement-${id}`}
              checked={settlement === each}
              onChange={() => setSettlement(each)}
            />
            <span>{t(`customers.settlement_${each}`)}</span>
          </label>
        ))}
      </fieldset>
      <Why reason={reason} set={setReason} wrong={wrongAt(refusals, "reason")} />
    </DeedForm>
  );
}
