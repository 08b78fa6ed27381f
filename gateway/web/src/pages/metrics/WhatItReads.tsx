import { useRead } from "~/api/useRead.ts";
import { Choice } from "~/parts/Choice.tsx";
import { Field } from "~/parts/Field.tsx";
import { PickSurvey } from "~/parts/PickSurvey.tsx";
import { Trouble } from "~/parts/Trouble.tsx";
import { t } from "~/words/words.ts";
import { INDEX, KINDS, ONE_ITEM, type Question } from "./draft.ts";
import type { PartProps } from "./MetricForm.tsx";
import { QuestionsToMeasureDocument } from "./queries.generated.ts";
import { StandardItems } from "./StandardItems.tsx";

/** A kind of question or standard questions wherever they are asked, or one question of one survey. */
export function WhatItReads({
  draft,
  change,
  wrong,
  question,
}: PartProps & { question: Question | undefined }) {
  const options = [
    ...KINDS.map((kind) => ({ value: kind as string, label: t(`metrics.kind_${kind}`) })),
    { value: "", label: t("metrics.oneQuestion") },
    { value: ONE_ITEM, label: t("metrics.standardItem") },
    { value: INDEX, label: t("metrics.index") },
  ];
  return (
    <>
      <Choice
        label={t("metrics.reads")}
        name="kind"
        options={options}
        value={draft.kind}
        wrong={wrong("item", "kind")}
        choose={(kind) => change({ kind, answers: [], against: [] })}
      />
      {(draft.kind === ONE_ITEM || draft.kind === INDEX) && (
        <StandardItems draft={draft} change={change} wrong={wrong} />
      )}
      {draft.kind === "" && (
        <>
          <PickSurvey
            label={t("metrics.survey")}
            none={t("metrics.choose")}
            value={draft.survey}
            wrong={wrong("survey")}
            pick={(survey) =>
              change({ survey, question: "", option: "", answers: [], against: [] })
            }
          />
          {draft.survey !== "" && <QuestionField draft={draft} change={change} wrong={wrong} />}
          {question?.kind === "MULTIPLE_CHOICE" && (
            <Field label={t("metrics.option")} wrong={wrong("option")}>
              {(control) => (
                <select
                  {...control}
                  value={draft.option}
                  onChange={(event) => change({ option: event.currentTarget.value })}
                >
                  <option value="">{t("metrics.choose")}</option>
                  {question.options.map(({ key, text }) => (
                    <option key={key} value={key}>
                      {text}
                    </option>
                  ))}
                </select>
              )}
            </Field>
          )}
        </>
      )}
    </>
  );
}

function QuestionField({ draft, change, wrong }: PartProps) {
  const [{ data, error }, again] = useRead({
    query: QuestionsToMeasureDocument,
    variables: { key: draft.survey },
  });
  const questions = data?.survey?.questions.filter(({ kind }) => kind !== "TEXT") ?? [];
  if (error && data?.survey == null)
    return (
      <Trouble
        what={t("metrics.questions")}
        again={() => again({ requestPolicy: "network-only" })}
      />
    );
  return (
    <Field label={t("metrics.question")} wrong={wrong("question")}>
      {(control) => (
        <select
          {...control}
          value={draft.question}
          onChange={(event) =>
            change({ question: event.currentTarget.value, option: "", answers: [], against: [] })
          }
        >
          <option value="">{t("metrics.choose")}</option>
          {questions.map(({ key, text }) => (
            <option key={key} value={key}>
              {text}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
