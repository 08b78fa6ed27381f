import { useState } from "preact/hooks";
import { keyOf } from "~/parts/keyOf.ts";
import { t } from "~/words/words.ts";
import type { Form } from "./form.ts";
import { Languages } from "./Languages.tsx";
import { Named } from "./Named.tsx";
import { Sides } from "./Sides.tsx";

interface Props {
  form: Form;
  change: (form: Form) => void;
  isNew: boolean;
}

/** Title, key and languages. */
export function About({ form, change, isNew }: Props) {
  const [isKeyWritten, setKeyWritten] = useState(form.key !== "");
  const [own = ""] = form.languages;
  return (
    <section class="card" aria-labelledby="h-about">
      <h2 id="h-about">{t("surveyEditor.about")}</h2>
      <Sides
        label={t("surveyEditor.title")}
        name="title"
        texts={form.title}
        languages={form.languages}
        set={(title) =>
          change({
            ...form,
            title,
            key: isNew && !isKeyWritten ? keyOf(title[own] ?? "") : form.key,
          })
        }
      />
      {isNew && (
        <Named
          name="key"
          label={t("surveyEditor.key")}
          hint={t("surveyEditor.keyHint")}
          value={form.key}
          set={(key) => {
            setKeyWritten(true);
            change({ ...form, key });
          }}
        />
      )}
      <Languages form={form} change={change} />
    </section>
  );
}
