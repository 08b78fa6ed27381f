import { useEffect, useRef, useState } from "preact/hooks";
import { useRead } from "~/api/useRead.ts";
import { number } from "~/words/format.ts";
import { languageInUse, t } from "~/words/words.ts";
import { KIND_NAMES } from "../kinds.ts";
import { ItemsToAskDocument, type QuestionKind } from "../queries.generated.ts";
import { spoken } from "../texts.ts";
import {
  type Form,
  type FormQuestion,
  moved,
  type StandardItem,
  withItem,
  withNewQuestion,
} from "./form.ts";
import { WrongHere } from "./Named.tsx";
import { QuestionFields } from "./QuestionFields.tsx";

interface Props {
  form: Form;
  change: (form: Form) => void;
  /** Whether somebody may have answered: kinds and scales stay, options are only added. */
  wasOpen: boolean;
}

const ITEM = "item:";

/** The questions in the order they are asked. */
export function Questions({ form, change, wasOpen }: Props) {
  const [said, setSaid] = useState("");
  const [{ data }] = useRead({ query: ItemsToAskDocument });
  const items = data?.standardItems ?? [];
  const focusNext = useFocusNext();
  const move = (id: string, by: -1 | 1) => {
    const questions = moved(form.questions, id, by);
    const at = questions.findIndex((question) => question.id === id) + 1;
    setSaid(t("surveyEditor.nowAt", { number: number(at), count: number(questions.length) }));
    change({ ...form, questions });
    focusNext(`${id}-${by === -1 ? "up" : "down"}`);
  };
  const [removed, setRemoved] = useState<{ question: FormQuestion; at: number }>();
  const remove = (question: FormQuestion, at: number) => {
    change({ ...form, questions: form.questions.filter(({ id }) => id !== question.id) });
    setRemoved({ question, at });
    focusNext("put-back");
  };
  const putBack = ({ question, at }: { question: FormQuestion; at: number }) => {
    change({ ...form, questions: form.questions.toSpliced(at, 0, question) });
    setRemoved(undefined);
    focusNext(`${question.id}-h`);
  };
  return (
    <section class="card" aria-labelledby="h-questions">
      <h2 id="h-questions" tabIndex={-1}>
        {t("surveyEditor.questions")}
      </h2>
      {wasOpen && <p class="lede">{t("surveyEditor.wasOpen")}</p>}
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
            wasOpen={wasOpen}
            move={(by) => move(question.id, by)}
            remove={() => remove(question, at)}
          />
        ))}
      </ol>
      {removed && <Removed at={removed.at} putBack={() => putBack(removed)} />}
      <AddQuestion
        add={(kind) => {
          change(withNewQuestion(form, kind));
          focusNext(`n${form.next}-h`);
        }}
        items={items.filter(({ key }) => !form.questions.some(({ item }) => item === key))}
        addItem={(item) => {
          change(withItem(form, item));
          focusNext(`n${form.next}-h`);
        }}
      />
    </section>
  );
}

function Removed({ at, putBack }: { at: number; putBack: () => void }) {
  return (
    <p class="note-bar">
      {t("surveyEditor.questionRemoved", { number: at + 1 })}
      <button class="btn" type="button" id="put-back" onClick={putBack}>
        {t("surveyEditor.putBack")}
      </button>
    </p>
  );
}

interface AddProps {
  add: (kind: QuestionKind) => void;
  /** Standard items that the survey does not ask yet. */
  items: StandardItem[];
  addItem: (item: StandardItem) => void;
}

function AddQuestion({ add, items, addItem }: AddProps) {
  const [chosen, choose] = useState("CSAT");
  const item = items.find(({ key }) => `${ITEM}${key}` === chosen);
  const kind = KIND_NAMES.find((name) => name === chosen) ?? "CSAT";
  return (
    <div class="acts">
      <select
        class="field"
        aria-label={t("surveyEditor.kindOfNew")}
        value={item ? chosen : kind}
        onChange={(event) => choose(event.currentTarget.value)}
      >
        <Kinds />
        {items.length > 0 && (
          <optgroup label={t("surveys.standardItems")}>
            {items.map(({ key, ...said }) => (
              <option key={key} value={`${ITEM}${key}`}>
                {spoken(said, "en", languageInUse()).text}
              </option>
            ))}
          </optgroup>
        )}
      </select>
      <button class="btn" type="button" onClick={() => (item ? addItem(item) : add(kind))}>
        {t("surveyEditor.addQuestion")}
      </button>
    </div>
  );
}

export function Kinds() {
  return (
    <>
      {KIND_NAMES.map((kind) => (
        <option key={kind} value={kind}>
          {t(`surveys.kind_${kind}`)}
        </option>
      ))}
    </>
  );
}

/** Puts the focus on an element once what was changed is drawn. */
export function useFocusNext(): (id: string) => void {
  const wanted = useRef<string | undefined>(undefined);
  useEffect(() => {
    if (wanted.current === undefined) return;
    document.getElementById(wanted.current)?.focus();
    wanted.current = undefined;
  });
  return (id) => {
    wanted.current = id;
  };
}
