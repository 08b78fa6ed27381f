import { Field } from "~/parts/Field.tsx";
import { languageInUse, t } from "~/words/words.ts";
import { nameOfLanguage } from "../names.ts";
import { type Form, withOwnLanguage, withoutLanguage } from "./form.ts";
import { useWrong } from "./wrongs.ts";

const OFFERED =
  "ar be bg bs cs da de el en es et fi fr ga hr hu is it lb lt lv mk mt nb nl pl pt ro ru sk sl sq sr sv tr uk".split(
    " ",
  );

interface Props {
  form: Form;
  change: (form: Form) => void;
}

/** In which languages it is asked: the survey's own, and others beside it. */
export function Languages({ form, change }: Props) {
  const [own = "", ...others] = form.languages;
  const wrong = useWrong("language");
  return (
    <>
      <Field label={t("surveyEditor.ownLanguage")} wrong={wrong}>
        {(control) => (
          <select
            {...control}
            value={own}
            onChange={(event) => change(withOwnLanguage(form, event.currentTarget.value))}
          >
            {own === "" && <option value="">{nameOfLanguage("")}</option>}
            <Choices tags={[...new Set([...(own ? [own] : []), ...others, ...OFFERED])]} />
          </select>
        )}
      </Field>
      {others.length > 0 && (
        <ul class="chips">
          {others.map((tag) => (
            <li key={tag}>
              {nameOfLanguage(tag)}{" "}
              <button
                class="btn"
                type="button"
                aria-label={t("surveyEditor.removeLanguage", { language: nameOfLanguage(tag) })}
                onClick={() => change(withoutLanguage(form, tag))}
              >
                {t("surveyEditor.remove")}
              </button>
            </li>
          ))}
        </ul>
      )}
      <Field label={t("surveyEditor.addLanguage")} hint={t("surveyEditor.languageHint")}>
        {(control) => (
          <select
            {...control}
            value=""
            onChange={(event) => {
              const tag = event.currentTarget.value;
              event.currentTarget.value = "";
              if (tag !== "") change({ ...form, languages: [...form.languages, tag] });
            }}
          >
            <option value="">{t("surveyEditor.choose")}</option>
            <Choices tags={OFFERED.filter((tag) => !form.languages.includes(tag))} />
          </select>
        )}
      </Field>
    </>
  );
}

function Choices({ tags }: { tags: string[] }) {
  const named = tags.map((tag) => ({ tag, name: nameOfLanguage(tag) }));
  named.sort((one, other) => one.name.localeCompare(other.name, languageInUse()));
  return (
    <>
      {named.map(({ tag, name }) => (
        <option key={tag} value={tag}>
          {name}
        </option>
      ))}
    </>
  );
}
