import { useState } from "preact/hooks";
import { moved } from "~/pages/surveys/surveyEditor/form.ts";
import { Named, WrongHere } from "~/pages/surveys/surveyEditor/Named.tsx";
import { useFocusNext } from "~/pages/surveys/surveyEditor/Questions.tsx";
import { Sides } from "~/pages/surveys/surveyEditor/Sides.tsx";
import { useWrong } from "~/pages/surveys/surveyEditor/wrongs.ts";
import { Field } from "~/parts/Field.tsx";
import { number } from "~/words/format.ts";
import { t } from "~/words/words.ts";
import type { PartProps } from "./About.tsx";
import {
  type Form,
  type FormQuestion,
  KINDS,
  type Standard,
  withNewQuestion,
  withQuestion,
  withStandard,
} from "./form.ts";

interface Props extends PartProps {
  standard: Standard;
}

/** The questions in the order they are asked: the standard ones, or one's own. */
export function Questions({ form, change, standard }: Props) {
  const [said, setSaid] = useState("");
  const [before, setBefore] = useState<{ questions: FormQuestion[]; why: string }>();
  const focusNext = useFocusNext();
  const move = (id: string, by: -1 | 1) => {
    const questions = moved(form.questions, id, by);
    const at = questions.findIndex((question) => question.id === id) + 1;
    setSaid(t("surveyEditor.nowAt", { number: number(at), count: number(questions.length) }));
    change({ ...form, questions });
    focusNext(`${id}-${by === -1 ? "up" : "down"}`);
  };
  const replace = (changed: Form, why: string) => {
    setBefore({ questions: form.questions, why });
    change(changed);
    focusNext("put-back");
  };
  const remove = (question: FormQuestion, at: number) =>
    replace(
      { ...form, questions: form.questions.filter(({ id }) => id !== question.id) },
      t("surveyEditor.questionRemoved", { number: at + 1 }),
    );
  return (
    <section class="card" aria-labelledby="h-questions">
      <h2 id="h-questions" tabIndex={-1}>
        {t("surveyEditor.questions")}
      </h2>
      <p class="lede">{t("waves.questionsLede")}</p>
      <p class="vh" role="status">
        {said}
      </p>
      <WrongHere name="questions" />
      <ol>
        {form.questions.map((question, at) => (
          <QuestionFields
            key={question.id}
            question={question}
            place={at + 1}
            form={form}
            change={change}
            move={(by) => move(question.id, by)}
            remove={() => remove(question, at)}
          />
        ))}
      </ol>
      {before && (
        <p class="note-bar">
          {before.why}
          <button
            class="btn"
            type="button"
            id="put-back"
            onClick={() => {
              change({ ...form, questions: before.questions });
              setBefore(undefined);
              focusNext("h-questions");
            }}
          >
            {t("surveyEditor.putBack")}
          </button>
        </p>
      )}
      <div class="acts">
        {KINDS.map((kind) => (
          <button
            key={kind}
            class="btn"
            type="button"
            onClick={() => {
              change(withNewQuestion(form, kind));
              focusNext(`n${form.next}-h`);
            }}
          >
            {t("waves.add", { kind: t(`waves.question_${kind}`) })}
          </button>
        ))}
        {standard.length > 0 && (
          <button
            class="btn"
            type="button"
            onClick={() => replace(withStandard(form, standard), t("waves.standardTaken"))}
          >
            {t("waves.takeStandard")}
          </button>
        )}
      </div>
    </section>
  );
}

interface FieldsProps extends PartProps {
  question: FormQuestion;
  place: number;
  move: (by: -1 | 1) => void;
  remove: () => void;
}

function QuestionFields({ question, place, form, change, move, remove }: FieldsProps) {
  const { id } = question;
  const set = (patch: Partial<FormQuestion>) => change(withQuestion(form, id, patch));
  return (
    <li class="qn">
      <span class="no" aria-hidden="true">
        {place}
      </span>
      <fieldset class="question">
        <legend id={`${id}-h`} tabIndex={-1}>
          {t("surveyEditor.question", { number: place })}
        </legend>
        <Sides
          label={t("surveyEditor.text")}
          name={`${id}.text`}
          texts={question.texts}
          languages={form.languages}
          set={(texts) => set({ texts })}
          isLong
        />
        <div class="sides">
          <KindField question={question} set={set} />
          <Named
            name={`${id}.key`}
            label={t("surveyEditor.questionKey")}
            hint={t("waves.questionKeyHint")}
            value={question.key}
            set={(key) => set({ key })}
          />
        </div>
        <div class="acts">
          <button
            class="btn"
            type="button"
            id={`${id}-up`}
            aria-label={t("surveyEditor.upQuestion", { number: place })}
            onClick={() => move(-1)}
          >
            {t("surveyEditor.up")}
          </button>
          <button
            class="btn"
            type="button"
            id={`${id}-down`}
            aria-label={t("surveyEditor.downQuestion", { number: place })}
            onClick={() => move(1)}
          >
            {t("surveyEditor.down")}
          </button>
          <button class="btn push" type="button" onClick={remove}>
            {t("surveyEditor.removeQuestion", { number: place })}
          </button>
        </div>
      </fieldset>
    </li>
  );
}

interface KindProps {
  question: FormQuestion;
  set: (patch: Partial<FormQuestion>) => void;
}

function KindField({ question, set }: KindProps) {
  const wrong = useWrong(`${question.id}.kind`);
  return (
    <Field label={t("surveyEditor.kind")} wrong={wrong}>
      {(control) => (
        <select
          {...control}
          value={question.kind}
          onChange={(event) => set({ kind: event.currentTarget.value as FormQuestion["kind"] })}
        >
          {KINDS.map((kind) => (
            <option key={kind} value={kind}>
              {t(`waves.question_${kind}`)}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
