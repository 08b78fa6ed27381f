import { DeedForm } from "~/parts/DeedForm.tsx";
import { useDeed } from "~/parts/useDeed.ts";
import { t } from "~/words/words.ts";
import type { FormProps } from "./Chosen.tsx";
import { ReopenDocument } from "./queries.generated.ts";

/** A closed department takes new things again, where it hangs. */
export function Reopen({ department, done, leave }: FormProps) {
  const { perform, refusals, isBusy } = useDeed(
    ReopenDocument,
    (data) => data.reopenDepartment.userErrors,
  );
  const submit = async () => {
    const answer = await perform({ key: department.key });
    if (answer !== undefined) done(t("departments.reopened", { name: department.name }));
  };
  return (
    <DeedForm
      title={t("departments.reopenTitle", { name: department.name })}
      act={t("departments.reopen")}
      isBusy={isBusy}
      refused={refusals}
      submit={submit}
      leave={leave}
    >
      <p class="mt">{t("departments.reopenWhat")}</p>
    </DeedForm>
  );
}
