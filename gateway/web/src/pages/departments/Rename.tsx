import { useState } from "preact/hooks";
import { DeedForm } from "~/parts/DeedForm.tsx";
import { Field } from "~/parts/Field.tsx";
import { wrongAt, wrongElsewhere } from "~/parts/refusals.ts";
import { refusalsOf, useDeed } from "~/parts/useDeed.ts";
import { t } from "~/words/words.ts";
import type { FormProps } from "./Chosen.tsx";
import { KeepDepartmentDocument } from "./queries.generated.ts";

/** Another name; the old one stays known. */
export function Rename({ department, done, leave }: FormProps) {
  const [name, setName] = useState(department.name);
  const { perform, refusals, isBusy } = useDeed(KeepDepartmentDocument, (data) =>
    refusalsOf(data.upsertDepartments),
  );
  const { key, parent } = department;
  const submit = async () => {
    if (name.trim() === "") return;
    const kept = await perform({ department: { key, name, parent: parent?.key ?? null } });
    if (kept !== undefined) done(t("departments.renamed", { name }));
  };
  const missing = name.trim() === "" ? t("parts.needed") : undefined;
  return (
    <DeedForm
      title={t("departments.do_rename")}
      act={t("parts.save")}
      isBusy={isBusy}
      refused={wrongElsewhere(refusals, "name")}
      submit={submit}
      leave={leave}
    >
      <Field
        label={t("departments.name")}
        hint={t("departments.renameHint")}
        wrong={missing ?? wrongAt(refusals, "name")}
      >
        {(control) => (
          <input
            {...control}
            value={name}
            onInput={(event) => setName(event.currentTarget.value)}
          />
        )}
      </Field>
    </DeedForm>
  );
}
