import { Choice } from "~/parts/Choice.tsx";
import { Field } from "~/parts/Field.tsx";
import { t } from "~/words/words.ts";
import { answerName, chosenName } from "./definitions.ts";
import { type Draft, type Question, STATISTICS } from "./draft.ts";
import type { PartProps } from "./MetricForm.tsx";

interface Props extends PartProps {
  /** What can be answered. */
  answers: string[];
  question: Question | undefined;
}

/** How answers become a value: which count, for and against, of whom, and from how many on there is a value. */
export function CountedAnswers({ draft, change, wrong, answers, question }: Props) {
  const { statistic } = draft;
  const statistics = STATISTICS.map((value) => ({
    value,
    label: t(`metrics.statistic_${value}`),
    hint: t(`metrics.statistic_${value}_is`),
  }));
  return (
    <>
      <Choice
        label={t("metrics.statistic")}
        name="statistic"
        options={statistics}
        value={statistic}
        wrong={wrong("statistic")}
        choose={(value) => change({ statistic: value })}
      />
      {(statistic === "SHARE" || statistic === "NET") && (
        <Ticks
          label={t("metrics.answers")}
          answers={answers}
          question={question}
          ticked={draft.answers}
          wrong={wrong("answers")}
          change={(ticked) => change({ answers: ticked })}
        />
      )}
      {statistic === "NET" && (
        <Ticks
          label={t("metrics.against")}
          answers={answers}
          question={question}
          ticked={draft.against}
          wrong={wrong("against")}
          change={(ticked) => change({ against: ticked })}
        />
      )}
      {statistic === "TOP_BOX" && (
        <NumberField label={t("metrics.top")} name="top" {...{ draft, change, wrong }} />
      )}
      {statistic !== "MEAN" && (
        <Choice
          label={t("metrics.counted")}
          name="denominator"
          options={[
            { value: "VALID", label: t("metrics.baseValid") },
            { value: "ALL", label: t("metrics.baseAll") },
          ]}
          value={draft.denominator}
          wrong={wrong("denominator")}
          choose={(denominator) => change({ denominator })}
        />
      )}
      <NumberField
        label={t("metrics.minimumBase")}
        hint={t("metrics.minimumBaseHint")}
        name="minimumBase"
        {...{ draft, change, wrong }}
      />
      <Choice
        label={t("metrics.better")}
        name="better"
        options={[
          { value: "higher", label: t("metrics.higher") },
          { value: "lower", label: t("metrics.lower") },
        ]}
        value={draft.higherIsBetter ? "higher" : "lower"}
        choose={(which) => change({ higherIsBetter: which === "higher" })}
      />
    </>
  );
}

interface TicksProps {
  label: string;
  answers: string[];
  question: Question | undefined;
  ticked: string[];
  wrong: string | undefined;
  change: (ticked: string[]) => void;
}

function Ticks({ label, answers, question, ticked, wrong, change }: TicksProps) {
  const nameOf = (answer: string) =>
    question?.kind === "MULTIPLE_CHOICE"
      ? chosenName(answer)
      : (question?.options.find(({ key }) => key === answer)?.text ?? answerName(answer));
  return (
    <fieldset>
      <legend>{label}</legend>
      <div class="ticks">
        {answers.map((answer) => (
          <label class="opt" key={answer}>
            <input
              type="checkbox"
              checked={ticked.includes(answer)}
              onChange={(event) =>
                change(
                  event.currentTarget.checked
                    ? answers.filter((one) => one === answer || ticked.includes(one))
                    : ticked.filter((one) => one !== answer),
                )
              }
            />
            {nameOf(answer)}
          </label>
        ))}
      </div>
      {answers.length === 0 && <p class="small muted">{t("metrics.chooseFirst")}</p>}
      {wrong && (
        <span class="wrong" role="alert">
          {wrong}
        </span>
      )}
    </fieldset>
  );
}

interface NumberProps extends PartProps {
  label: string;
  hint?: string;
  name: "top" | "minimumBase";
}

function NumberField({ label, hint, name, draft, change, wrong }: NumberProps) {
  return (
    <Field label={label} hint={hint} wrong={wrong(name)}>
      {(control) => (
        <input
          {...control}
          type="number"
          inputMode="numeric"
          min="1"
          value={draft[name]}
          onInput={(event) => change({ [name]: event.currentTarget.value } as Partial<Draft>)}
        />
      )}
    </Field>
  );
}
