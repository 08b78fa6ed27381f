import { useState } from "preact/hooks";
import { Named, WrongHere } from "~/pages/surveys/surveyEditor/Named.tsx";
import { Sides } from "~/pages/surveys/surveyEditor/Sides.tsx";
import { Choice } from "~/parts/Choice.tsx";
import { keyOf } from "~/parts/keyOf.ts";
import { languageName } from "~/parts/languageTag.ts";
import { t } from "~/words/words.ts";
import { type Form, LANGUAGES_OF_STANDARD, WAVE_KINDS } from "./form.ts";

export interface PartProps {
  form: Form;
  change: (form: Form) => void;
}

/** Name, key, kind and languages. */
export function About({ form, change, isNew }: PartProps & { isNew: boolean }) {
  const [isKeyWritten, setKeyWritten] = useState(form.key !== "");
  const [own = ""] = form.languages;
  return (
    <section class="card" aria-labelledby="h-about">
      <h2 id="h-about">{t("waves.about")}</h2>
      <Sides
        label={t("waves.name")}
        name="name"
        texts={form.name}
        languages={form.languages}
        set={(name) =>
          change({ ...form, name, key: isNew && !isKeyWritten ? keyOf(name[own] ?? "") : form.key })
        }
      />
      {isNew && (
        <Named
          name="key"
          label={t("waves.key")}
          hint={t("waves.keyHint")}
          value={form.key}
          set={(key) => {
            setKeyWritten(true);
            change({ ...form, key });
          }}
        />
      )}
      <Choice
        label={t("waves.kind")}
        name="kind"
        options={WAVE_KINDS.map((kind) => ({
          value: kind,
          label: t(`waves.kind_${kind}`),
          hint: t(`waves.kindIs_${kind}`),
        }))}
        value={form.kind}
        choose={(kind) => change({ ...form, kind })}
      />
      <Languages form={form} change={change} />
    </section>
  );
}

/** In which languages it can be answered; the first is the wave's own, and each needs every text. */
function Languages({ form, change }: PartProps) {
  const { languages } = form;
  const all = [...new Set([...LANGUAGES_OF_STANDARD, ...languages])];
  const toggle = (tag: string, isOn: boolean) => {
    const chosen = isOn ? [...languages, tag] : languages.filter((one) => one !== tag);
    if (chosen.length > 0) change({ ...form, languages: chosen });
  };
  return (
    <fieldset>
      <legend>{t("waves.languages")}</legend>
      {all.map((tag) => (
        <label class="opt" key={tag}>
          <input
            type="checkbox"
            checked={languages.includes(tag)}
            onChange={(event) => toggle(tag, event.currentTarget.checked)}
          />
          <span>
            {languageName(tag)}
            {tag === languages[0] && <span class="muted"> {t("waves.ownLanguage")}</span>}
          </span>
        </label>
      ))}
      <WrongHere name="languages" />
      <WrongHere name="language" />
    </fieldset>
  );
}
