import { Field } from "~/parts/Field.tsx";
import { t } from "~/words/words.ts";

interface Props {
  reason: string;
  set: (reason: string) => void;
  wrong: string | undefined;
}

/** Why customers are joined or parted. */
export function Why({ reason, set, wrong }: Props) {
  return (
    <Field label={t("customers.why")} hint={t("customers.whyHint")} wrong={wrong}>
      {(control) => (
        <input
          {...control}
          autocomplete="off"
          maxLength={500}
          value={reason}
          onInput={(event) => set(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}
