import { t } from "~/words/words.ts";
import { type Form, type FormQuestion, moved, withNewOption, withQuestion } from "./form.ts";
import { Named, WrongHere } from "./Named.tsx";
import { useFocusNext } from "./Questions.tsx";
import { Sides } from "./Sides.tsx";

interface Props {
  question: FormQuestion;
  form: Form;
  change: (form: Form) => void;
  /** Options that were offered stay. */
  stays: boolean;
}

/** What a choice offers, in order. */
export function Options({ question, form, change, stays }: Props) {
  const focusNext = useFocusNext();
  const set = (options: FormQuestion["options"]) =>
    change(withQuestion(form, question.id, { options }));
  return (
    <fieldset>
      <legend>{t("surveyEditor.options")}</legend>
      <WrongHere name={`${question.id}.options`} />
      <ol>
        {question.options.map((option, at) => (
          <OptionFields
            key={option.id}
            option={option}
            place={at + 1}
            languages={form.languages}
            set={(changed) =>
              set(question.options.map((one) => (one.id === option.id ? changed : one)))
            }
            up={() => {
              set(moved(question.options, option.id, -1));
              focusNext(`${option.id}-up`);
            }}
            remove={
              stays && option.isStored
                ? undefined
                : () => {
                    set(question.options.filter((one) => one.id !== option.id));
                    focusNext(`${question.id}-add`);
                  }
            }
          />
        ))}
      </ol>
      <button
        class="btn"
        type="button"
        id={`${question.id}-add`}
        onClick={() => change(withNewOption(form, question.id))}
      >
        {t("surveyEditor.addOption")}
      </button>
    </fieldset>
  );
}

type Option = FormQuestion["options"][number];

interface OptionProps {
  option: Option;
  place: number;
  languages: string[];
  set: (option: Option) => void;
  up: () => void;
  remove: (() => void) | undefined;
}

function OptionFields({ option, place, languages, set, up, remove }: OptionProps) {
  return (
    <li class="option">
      <Sides
        label={t("surveyEditor.option", { number: place })}
        name={`${option.id}.text`}
        texts={option.texts}
        languages={languages}
        set={(texts) => set({ ...option, texts })}
      />
      {!option.isStored && (
        <Named
          name={`${option.id}.key`}
          label={t("surveyEditor.optionKey", { number: place })}
          value={option.key}
          set={(key) => set({ ...option, key })}
        />
      )}
      <div class="acts">
        <button
          class="btn"
          type="button"
          id={`${option.id}-up`}
          aria-label={t("surveyEditor.upOption", { number: place })}
          onClick={up}
        >
          {t("surveyEditor.up")}
        </button>
        {remove && (
          <button
            class="btn"
            type="button"
            aria-label={t("surveyEditor.removeOption", { number: place })}
            onClick={remove}
          >
            {t("surveyEditor.remove")}
          </button>
        )}
      </div>
    </li>
  );
}
