import { Field } from "~/parts/Field.tsx";
import { SurveyOptions, useSurveys } from "~/parts/PickSurvey.tsx";
import { Trouble } from "~/parts/Trouble.tsx";
import { useHere } from "~/place/place.ts";
import { t } from "~/words/words.ts";
import type { Kind } from "./kinds.ts";
import { type Mapping, valueAt, withValue } from "./mapping.ts";

interface Props {
  kind: Kind;
  mapping: Mapping;
  edit: (mapping: Mapping) => void;
}

/** What holds for every row: survey, department, how days are written, and what may be made on the way. */
export function ForAllRows({ kind, mapping, edit }: Props) {
  const { timeZone } = useHere();
  const set = (table: string, key: string, value: unknown) =>
    edit(withValue(mapping, table, key, value));
  const dates = valueAt(mapping, "format", "dates");
  const hasDays = kind === "responses" || kind === "employees" || kind === "wave";
  const makesDepartments = kind !== "departments" && kind !== "wave";
  return (
    <section class="card" aria-labelledby="h-all">
      <h2 id="h-all">{t("imports.forAll")}</h2>
      {kind === "responses" && <SurveyField mapping={mapping} set={set} />}
      {makesDepartments && valueAt(mapping, "columns", "department") === undefined && (
        <TextField
          label={t("imports.departmentOfAll")}
          hint={t("imports.departmentHint")}
          value={text(valueAt(mapping, "defaults", "department"))}
          set={(value) => set("defaults", "department", value || undefined)}
        />
      )}
      {hasDays && (
        <TextField
          label={t("imports.dates")}
          hint={t("imports.datesHint")}
          value={Array.isArray(dates) ? dates.join(", ") : ""}
          set={(value) => set("format", "dates", value.trim() ? value.split(/,\s*/) : undefined)}
        />
      )}
      {hasDays && (
        <TextField
          label={t("imports.timeZone")}
          hint={t("imports.timeZoneHint", { zone: timeZone })}
          value={text(valueAt(mapping, "format", "timezone"))}
          set={(value) => set("format", "timezone", value || undefined)}
        />
      )}
      {kind === "responses" && (
        <Switch
          label={t("imports.makeSurvey")}
          isOn={valueAt(mapping, "create", "survey") === true}
          set={(isOn) => set("create", "survey", isOn || undefined)}
        />
      )}
      {makesDepartments && (
        <Switch
          label={t("imports.makeDepartments")}
          isOn={valueAt(mapping, "create", "departments") === true}
          set={(isOn) => set("create", "departments", isOn || undefined)}
        />
      )}
    </section>
  );
}

interface SurveyProps {
  mapping: Mapping;
  set: (table: string, key: string, value: unknown) => void;
}

function SurveyField({ mapping, set }: SurveyProps) {
  const { all, again } = useSurveys();
  return (
    <>
      <TextField
        label={t("imports.survey")}
        hint={t("imports.surveyHint")}
        value={text(valueAt(mapping, "defaults", "survey"))}
        set={(value) => set("defaults", "survey", value || undefined)}
        choices="surveys"
      />
      <datalist id="surveys">
        <SurveyOptions of={all} />
      </datalist>
      {all === "failed" && <Trouble what={t("surveys.surveys")} again={again} />}
    </>
  );
}

interface TextProps {
  label: string;
  hint: string;
  value: string;
  set: (value: string) => void;
  /** Id of a list of what can be chosen. */
  choices?: string;
}

function TextField({ label, hint, value, set, choices }: TextProps) {
  return (
    <Field label={label} hint={hint}>
      {(control) => (
        <input
          {...control}
          list={choices}
          value={value}
          onChange={(event) => set(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}

interface SwitchProps {
  label: string;
  isOn: boolean;
  set: (isOn: boolean) => void;
}

function Switch({ label, isOn, set }: SwitchProps) {
  return (
    <label class="opt">
      <input
        type="checkbox"
        checked={isOn}
        onChange={(event) => set(event.currentTarget.checked)}
      />
      {label}
    </label>
  );
}

function text(value: unknown): string {
  return value === undefined ? "" : String(value);
}
