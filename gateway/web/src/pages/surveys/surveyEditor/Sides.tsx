import { Field } from "~/parts/Field.tsx";
import { t } from "~/words/words.ts";
import { nameOfLanguage } from "../names.ts";
import type { Texts } from "./form.ts";
import { useWrong } from "./wrongs.ts";

interface Props {
  label: string;
  /** Of the field; a language is added to it. */
  name: string;
  texts: Texts;
  languages: string[];
  set: (texts: Texts) => void;
  isLong?: boolean;
}

/** One text in every language of the survey, side by side. */
export function Sides({ label, languages, ...rest }: Props) {
  const [own = "", ...others] = languages;
  if (others.length === 0) return <Side label={label} language={own} {...rest} />;
  return (
    <fieldset class="sides">
      <legend>{label}</legend>
      {languages.map((language) => (
        <Side
          key={language}
          label={nameOfLanguage(language)}
          language={language}
          isOptional={language !== own}
          {...rest}
        />
      ))}
    </fieldset>
  );
}

interface SideProps extends Omit<Props, "languages"> {
  language: string;
  isOptional?: boolean;
}

function Side({ label, name, texts, language, set, isLong, isOptional = false }: SideProps) {
  const wrong = useWrong(`${name}.${language}`);
  const isMissing = isOptional && !texts[language]?.trim();
  return (
    <Field label={label} wrong={wrong}>
      {(control) => {
        const written = {
          ...control,
          lang: language || undefined,
          dir: "auto" as const,
          value: texts[language] ?? "",
          placeholder: isMissing ? t("surveyEditor.noText") : undefined,
        };
        return isLong ? (
          <textarea
            {...written}
            rows={2}
            onInput={(event) => set({ ...texts, [language]: event.currentTarget.value })}
          />
        ) : (
          <input
            {...written}
            autocomplete="off"
            onInput={(event) => set({ ...texts, [language]: event.currentTarget.value })}
          />
        );
      }}
    </Field>
  );
}
