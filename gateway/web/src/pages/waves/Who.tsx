import { Named, WrongHere } from "~/pages/surveys/surveyEditor/Named.tsx";
import { PickDepartment } from "~/parts/PickDepartment.tsx";
import { Said } from "~/parts/Said.tsx";
import { t } from "~/words/words.ts";
import type { PartProps } from "./About.tsx";
import { DepartmentName } from "./DepartmentName.tsx";

/** Who is asked, the smallest group that is shown, and how results may be cut. */
export function Who({ form, change }: PartProps) {
  const { departments } = form;
  const without = (key: string) => departments.filter((one) => one.key !== key);
  return (
    <section class="card" aria-labelledby="h-who">
      <h2 id="h-who">{t("waves.who")}</h2>
      <p class="lede">
        {departments.length === 0 ? t("waves.everybodyAsked") : t("waves.theseAsked")}
      </p>
      {departments.length > 0 && (
        <ul class="chips">
          {departments.map(({ key, name }) => (
            <li key={key}>
              {name === "" ? <DepartmentName of={key} /> : <Said text={name} />}{" "}
              <button
                class="btn"
                type="button"
                aria-label={`${t("surveyEditor.remove")}: ${name || key}`}
                onClick={() => change({ ...form, departments: without(key) })}
              >
                {t("surveyEditor.remove")}
              </button>
            </li>
          ))}
        </ul>
      )}
      <PickDepartment
        label={t("waves.onlyIn")}
        hint={t("waves.onlyInHint")}
        value={undefined}
        pick={(picked) =>
          picked && change({ ...form, departments: [...without(picked.key), picked] })
        }
      />
      <WrongHere name="departments" />
      <div class="sides">
        <Named
          name="k"
          label={t("waves.k")}
          hint={t("waves.kHint")}
          value={form.k}
          set={(k) => change({ ...form, k })}
          isNumber
        />
        <Named
          name="dimensions"
          label={t("waves.dimensions")}
          hint={t("waves.dimensionsHint")}
          value={form.dimensions}
          set={(dimensions) => change({ ...form, dimensions })}
        />
      </div>
    </section>
  );
}
