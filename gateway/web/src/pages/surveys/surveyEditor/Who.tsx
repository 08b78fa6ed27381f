import { PickDepartment } from "~/parts/PickDepartment.tsx";
import { t } from "~/words/words.ts";
import type { Form } from "./form.ts";
import { Named } from "./Named.tsx";
import { Offers } from "./Offers.tsx";
import { useWrong } from "./wrongs.ts";

interface Props {
  form: Form;
  change: (form: Form) => void;
}

/** Who may answer, and what the answers count for. */
export function Who({ form, change }: Props) {
  const wrong = useWrong("department");
  return (
    <section class="card" aria-labelledby="h-who">
      <h2 id="h-who">{t("surveyEditor.who")}</h2>
      <label class="opt">
        <input
          type="checkbox"
          checked={form.isPublic}
          onChange={(event) => change({ ...form, isPublic: event.currentTarget.checked })}
        />
        <span>
          {t("surveyEditor.public")} <span class="muted">{t("surveyEditor.publicHint")}</span>
        </span>
      </label>
      <label class="opt">
        <input
          type="checkbox"
          checked={form.inScorecard}
          onChange={(event) => change({ ...form, inScorecard: event.currentTarget.checked })}
        />
        <span>
          {t("surveyEditor.inScorecard")}{" "}
          <span class="muted">{t("surveyEditor.inScorecardHint")}</span>
        </span>
      </label>
      <PickDepartment
        label={t("surveyEditor.department")}
        hint={t("surveyEditor.departmentHint")}
        wrong={wrong}
        value={form.department}
        pick={(department) => change({ ...form, department })}
      />
      <Offers form={form} change={change} />
      <Named
        name="dailyLimit"
        label={t("surveyEditor.dailyLimit")}
        hint={t("surveyEditor.dailyLimitHint")}
        value={form.dailyLimit}
        set={(dailyLimit) => change({ ...form, dailyLimit })}
        isNumber
      />
    </section>
  );
}
