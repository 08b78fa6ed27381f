import { useState } from "preact/hooks";
import { DeedForm } from "~/parts/DeedForm.tsx";
import { Field } from "~/parts/Field.tsx";
import { wrongAt, wrongElsewhere } from "~/parts/refusals.ts";
import { refusalsOf, useDeed } from "~/parts/useDeed.ts";
import { t } from "~/words/words.ts";
import { KeepUserDocument } from "./queries.generated.ts";
import type { User } from "./rights.ts";

const FIELDS = ["name", "email", "language"] as const;
const HINTS = {
  name: "people.nameHint",
  email: undefined,
  language: "people.languageHint",
} as const;

interface Props {
  subject: string;
  user: User | undefined;
  name: string;
  done: (words: string) => void;
  leave: () => void;
}

/** Name, e-mail address and language of somebody who has a right. */
export function KeepUser({ subject, user, name, done, leave }: Props) {
  const [draft, setDraft] = useState({
    name: user?.name ?? "",
    email: user?.email ?? "",
    language: user?.language ?? "",
  });
  const { perform, refusals, isBusy } = useDeed(KeepUserDocument, (data) =>
    refusalsOf(data.upsertUsers),
  );
  const submit = async () => {
    const isKept = await perform({ user: { subject, ...draft } });
    if (isKept !== undefined) done(t("people.named", { name: draft.name || name }));
  };
  return (
    <DeedForm
      title={t("people.nameOf", { name })}
      act={t("parts.save")}
      isBusy={isBusy}
      refused={wrongElsewhere(refusals, ...FIELDS)}
      submit={submit}
      leave={leave}
    >
      {FIELDS.map((field) => (
        <Field
          key={field}
          label={t(`people.${field}`)}
          hint={HINTS[field] && t(HINTS[field])}
          wrong={wrongAt(refusals, field)}
        >
          {(control) => (
            <input
              {...control}
              autocomplete="off"
              value={draft[field]}
              onInput={(event) => setDraft({ ...draft, [field]: event.currentTarget.value })}
            />
          )}
        </Field>
      ))}
    </DeedForm>
  );
}
