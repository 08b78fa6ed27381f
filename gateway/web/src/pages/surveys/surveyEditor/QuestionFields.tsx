import { Field } from "~/parts/Field.tsx";
import { t } from "~/words/words.ts";
import { KINDS } from "../kinds.ts";
import type { QuestionKind } from "../queries.generated.ts";
import { type Form, type FormQuestion, withKind, withQuestion } from "./form.ts";
import { Named, WrongHere } from "./Named.tsx";
import { Options } from "./Options.tsx";
import { Kinds } from "./Questions.tsx";
import { Sides } from "./Sides.tsx";
import { useWrong } from "./wrongs.ts";

interface Props {
  question: FormQuestion;
  place: number;
  form: Form;
  change: (form: Form) => void;
  wasOpen: boolean;
  move: (by: -1 | 1) => void;
  remove: () => void;
}

/** One question: its text, its kind and what belongs to that. */
export function QuestionFields({ question, place, form, change, wasOpen, move, remove }: Props) {
  const { id, kind } = question;
  const set = (patch: Partial<FormQuestion>) => change(withQuestion(form, id, patch));
  const stays = (wasOpen && question.isStored) || question.item !== "";
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
          <KindField
            question={question}
            stays={stays}
            set={(chosen) => change(withKind(form, id, chosen))}
          />
          {question.isStored ? (
            <Fixed label={t("surveyEditor.questionKey")} value={question.key} />
          ) : (
            <Named
              name={`${id}.key`}
              label={t("surveyEditor.questionKey")}
              hint={t("surveyEditor.questionKeyHint")}
              value={question.key}
              set={(key) => set({ key })}
            />
          )}
        </div>
        {question.item !== "" && (
          <p class="small muted">{t("surveys.asksItem", { item: question.item })}</p>
        )}
        {kind === "RATING" && <ScaleFields question={question} stays={stays} set={set} />}
        {KINDS[kind].hasOptions && question.item === "" && (
          <Options question={question} form={form} change={change} stays={stays} />
        )}
        {KINDS[kind].mayDontKnow && (
          <label class="opt">
            <input
              type="checkbox"
              checked={question.dontKnow}
              onChange={(event) => set({ dontKnow: event.currentTarget.checked })}
            />
            {t("surveyEditor.dontKnow")}
          </label>
        )}
        <div class="acts">
          <MoveButtons id={id} place={place} move={move} />
          <button class="btn push" type="button" onClick={remove}>
            {t("surveyEditor.removeQuestion", { number: place })}
          </button>
        </div>
      </fieldset>
    </li>
  );
}

function MoveButtons({ id, place, move }: { id: string; place: number; move: Props["move"] }) {
  return (
    <>
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
    </>
  );
}

interface KindProps {
  question: FormQuestion;
  stays: boolean;
  set: (kind: QuestionKind) => void;
}

function KindField({ question, stays, set }: KindProps) {
  const wrong = useWrong(`${question.id}.kind`);
  const label = t("surveyEditor.kind");
  if (stays) return <Fixed label={label} value={t(`surveys.kind_${question.kind}`)} />;
  return (
    <Field label={label} wrong={wrong}>
      {(control) => (
        <select
          {...control}
          value={question.kind}
          onChange={(event) => set(event.currentTarget.value as QuestionKind)}
        >
          <Kinds />
        </select>
      )}
    </Field>
  );
}

interface ScaleProps {
  question: FormQuestion;
  stays: boolean;
  set: (patch: Partial<FormQuestion>) => void;
}

function ScaleFields({ question, stays, set }: ScaleProps) {
  const { id, low, high } = question;
  if (stays) return <Fixed label={t("surveyEditor.scale")} value={`${low}–${high}`} />;
  return (
    <fieldset class="sides">
      <legend>{t("surveyEditor.scale")}</legend>
      <Named
        name={`${id}.low`}
        label={t("surveyEditor.lowest")}
        value={low}
        set={(value) => set({ low: value })}
        isNumber
      />
      <Named
        name={`${id}.high`}
        label={t("surveyEditor.highest")}
        value={high}
        set={(value) => set({ high: value })}
        isNumber
      />
      <WrongHere name={`${id}.scale`} />
    </fieldset>
  );
}

/** What stays as it is. */
function Fixed({ label, value }: { label: string; value: string }) {
  return (
    <div class="fld">
      <span class="lab">{label}</span>
      <bdi>{value}</bdi>
    </div>
  );
}
