import { useState } from "preact/hooks";
import { DeedForm } from "~/parts/DeedForm.tsx";
import { wrongAt, wrongElsewhere } from "~/parts/refusals.ts";
import { useDeed } from "~/parts/useDeed.ts";
import { t } from "~/words/words.ts";
import { UnlinkCustomersDocument } from "./queries.generated.ts";
import { Why } from "./Why.tsx";

interface Props {
  link: { a: string; b: string };
  done: (words: string) => void;
  leave: () => void;
}

/** Two aliases that are not of one person. */
export function TakeApart({ link: { a, b }, done, leave }: Props) {
  const [reason, setReason] = useState("");
  const { perform, refusals, isBusy } = useDeed(
    UnlinkCustomersDocument,
    (data) => data.unlinkCustomers.userErrors,
  );
  const submit = async () => {
    const read = await perform({ input: { a, b, reason } });
    if (read === undefined) return;
    const persons = read.unlinkCustomers.customers.map(({ number }) => number);
    const [one = a, two] = persons;
    done(
      two === undefined
        ? t("customers.stillOne", { number: one })
        : t("customers.parted", { first: one, second: two }),
    );
  };
  return (
    <DeedForm
      title={t("customers.takeApart")}
      act={t("customers.takeApart")}
      isBusy={isBusy}
      refused={wrongElsewhere(refusals, "reason")}
      submit={submit}
      leave={leave}
    >
      <p class="small mt">{t("customers.apartMeans", { first: a, second: b })}</p>
      <Why reason={reason} set={setReason} wrong={wrongAt(refusals, "reason")} />
    </DeedForm>
  );
}
