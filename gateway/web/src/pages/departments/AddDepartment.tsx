import { useState } from "preact/hooks";
import { DeedForm } from "~/parts/DeedForm.tsx";
import { Field } from "~/parts/Field.tsx";
import { keyOf } from "~/parts/keyOf.ts";
import { wrongAt, wrongElsewhere } from "~/parts/refusals.ts";
import { refusalsOf, useDeed } from "~/parts/useDeed.ts";
import { t } from "~/words/words.ts";
import type { FormProps } from "./Chosen.tsx";
import { KeepDepartmentDocument } from "./queries.generated.ts";

/** A new department under the chosen one. */
export function AddDepartment({ department, done, leave }: FormProps) {
  const [name, setName] = useState("");
  const [key, setKey] = useState<string>();
  const [isAsked, setAsked] = useState(false);
  const { perform, refusals, isBusy } = useDeed(KeepDepartmentDocument, (data) =>
    refusalsOf(data.upsertDepartments),
  );
  const shownKey = key ?? keyOf(name);
  const submit = async () => {
    setAsked(true);
    if (name.trim() === "" || shownKey === "") return;
    const kept = await perform({ department: { key: shownKey, name, parent: department.key } });
    if (kept !== undefined) done(t("departments.added", { name, parent: department.name }));
  };
  const missing = (value: string) =>
    isAsked && value.trim() === "" ? t("parts.needed") : undefined;
  return (
    <DeedForm
      title={t("departments.addUnder", { name: department.name })}
      act={t("departments.add")}
      isBusy={isBusy}
      refused={wrongElsewhere(refusals, "name", "key")}
      submit={submit}
      leave={leave}
    >
      <Field label={t("departments.name")} wrong={missing(name) ?? wrongAt(refusals, "name")}>
        {(control) => (
          <input
            {...control}
            value={name}
            onInput={(event) => setName(event.currentTarget.value)}
          />
        )}
      </Field>
      <Field
        label={t("departments.key")}
        hint={t("departments.keyHint")}
        wrong={missing(shownKey) ?? wrongAt(refusals, "key")}
      >
        {(control) => (
          <input
            {...control}
            value={shownKey}
            onInput={(event) => setKey(event.currentTarget.value)}
          />
        )}
      </Field>
    </DeedForm>
  );
}
