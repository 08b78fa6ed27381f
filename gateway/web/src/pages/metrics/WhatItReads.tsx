import { useQuery } from "@urql/preact";
import { Choice } from "~/parts/Choice.tsx";
import { Field } from "~/parts/Field.tsx";
import { t } from "~/words/words.ts";
import { KINDS, type Question } from "./draft.ts";
import type { PartProps } from "./MetricForm.tsx";
import { QuestionsToMeasureDocument, SurveysToMeasureDocument } from "./queries.generated.ts";

/** A kind of question wherever it is asked, or one question of one survey. */
export function WhatItReads({
  draft,
  change,
  wrong,
  question,
}: PartProps & { question: Question | undefined }) {
  const options = [
    ...KINDS.map((kind) => ({ value: kind as string, label: t(`metrics.kind_${kind}`) })),
    { value: "", label: t("metrics.oneQuestion") },
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
      {draft.kind === "" && (
        <>
          <SurveyField draft={draft} change={change} wrong={wrong} />
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

function SurveyField({ draft, change, wrong }: PartProps) {
  const [{ data }] = useQuery({ query: SurveysToMeasureDocument, variables: {} });
  return (
    <Field label={t("metrics.survey")} wrong={wrong("survey")}>
      {(control) => (
        <select
          {...control}
          value={draft.survey}
          onChange={(event) =>
            change({ survey: event.currentTarget.value, question: "", option: "", answers: [] })
          }
        >
          <option value="">{t("metrics.choose")}</option>
          {data?.surveys?.edges.map(({ node }) => (
            <option key={node.key} value={node.key}>
              {node.title}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

function QuestionField({ draft, change, wrong }: PartProps) {
  const [{ data }] = useQuery({
    query: QuestionsToMeasureDocument,
    variables: { key: draft.survey },
  });
  const questions = data?.survey?.questions.filter(({ kind }) => kind !== "TEXT") ?? [];
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
