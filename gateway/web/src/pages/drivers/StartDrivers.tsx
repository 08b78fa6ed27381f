import { useState } from "preact/hooks";
import { useRead } from "~/api/useRead.ts";
import { Drop } from "~/parts/Drop.tsx";
import { Field } from "~/parts/Field.tsx";
import { PickSurvey } from "~/parts/PickSurvey.tsx";
import { Refusals } from "~/parts/Refusals.tsx";
import { spoken } from "~/parts/texts.ts";
import { useDeed } from "~/parts/useDeed.ts";
import { periodName } from "~/place/names.ts";
import { usePlace } from "~/place/place.ts";
import { languageInUse, t } from "~/words/words.ts";
import {
  QuestionsOfSurveyDocument,
  type QuestionsOfSurveyQuery,
  StartDriversDocument,
} from "./queries.generated.ts";
import { type Draft, draftOf, FEWEST, onScale } from "./questions.ts";

type Survey = NonNullable<QuestionsOfSurveyQuery["survey"]>;

/** Asks for an analysis of the department over the days of the page. */
export function StartDrivers({ started }: { started: () => void }) {
  return (
    <Drop kind="drop" panel="panel in-card" label={t("drivers.start")}>
      <StartForm started={started} />
    </Drop>
  );
}

function StartForm({ started }: { started: () => void }) {
  const { department, period, tree, includeSubtree } = usePlace();
  const [survey, setSurvey] = useState("");
  const [changed, setChanged] = useState<Partial<Draft>>({});
  const [{ data }] = useRead({
    query: QuestionsOfSurveyDocument,
    variables: { key: survey },
    pause: survey === "",
  });
  const { perform, refusals, isBusy, forget } = useDeed(
    StartDriversDocument,
    (answer) => answer.startDriverAnalysis.userErrors,
  );
  const found = survey === "" ? undefined : (data?.survey ?? undefined);
  const draft = { ...draftOf(found?.questions ?? []), ...changed };
  const drivers = draft.drivers.filter((key) => key !== draft.outcome);
  const canStart = found !== undefined && drivers.length >= FEWEST;
  const change = (to: Partial<Draft>) => {
    forget();
    setChanged({ ...changed, ...to });
  };
  const submit = async () => {
    if (isBusy || !canStart) return;
    const asked = { department, survey, question: draft.outcome, drivers };
    const input = { ...asked, period, tree, includeSubtree };
    if ((await perform({ input })) !== undefined) started();
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <p class="small muted">{t("drivers.over", { period: periodName(period) })}</p>
      <PickSurvey
        label={t("drivers.survey")}
        none={t("drivers.noSurvey")}
        value={survey}
        wrong={undefined}
        pick={(key) => {
          forget();
          setChanged({});
          setSurvey(key);
        }}
      />
      {found !== undefined && <Questions of={found} draft={draft} change={change} />}
      <Refusals of={refusals} />
      <div class="acts">
        <button
          class="btn primary"
          type="submit"
          disabled={!canStart}
          aria-busy={isBusy || undefined}
        >
          {t("drivers.go")}
        </button>
      </div>
    </form>
  );
}

interface QuestionsProps {
  of: Survey;
  draft: Draft;
  change: (to: Partial<Draft>) => void;
}

function Questions({ of: { questions, language }, draft, change }: QuestionsProps) {
  const asked = onScale(questions);
  if (asked.length <= FEWEST) return <p class="few mt">{t("drivers.fewQuestions")}</p>;
  const nameOf = (question: (typeof asked)[number]) =>
    spoken(question, language, languageInUse()).text;
  const toggle = (key: string, isOn: boolean) =>
    change({
      drivers: asked
        .map((each) => each.key)
        .filter((each) => (each === key ? isOn : draft.drivers.includes(each))),
    });
  return (
    <>
      <Field label={t("drivers.outcome")}>
        {(control) => (
          <select
            {...control}
            value={draft.outcome}
            onChange={(event) => change({ outcome: event.currentTarget.value })}
          >
            {asked.map((question) => (
              <option key={question.key} value={question.key}>
                {nameOf(question)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <fieldset>
        <legend>{t("drivers.drivers")}</legend>
        {asked
          .filter(({ key }) => key !== draft.outcome)
          .map((question) => (
            <label class="opt" key={question.key}>
              <input
                type="checkbox"
                checked={draft.drivers.includes(question.key)}
                onChange={(event) => toggle(question.key, event.currentTarget.checked)}
              />
              <span>{nameOf(question)}</span>
            </label>
          ))}
      </fieldset>
    </>
  );
}
