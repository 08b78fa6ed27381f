import { useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { useRead } from "~/api/useRead.ts";
import { Field } from "~/parts/Field.tsx";
import { Refusals } from "~/parts/Refusals.tsx";
import { type Refusal, wrongAt, wrongElsewhere } from "~/parts/refusals.ts";
import { useDeed } from "~/parts/useDeed.ts";
import { t } from "~/words/words.ts";
import { CountedAnswers } from "./CountedAnswers.tsx";
import {
  answersOf,
  type Draft,
  INDEX,
  inputOf,
  keyOfDraft,
  ONE_ITEM,
  type Question,
} from "./draft.ts";
import {
  QuestionsToMeasureDocument,
  RegisterDocument,
  StandardItemsDocument,
} from "./queries.generated.ts";
import { WhatItReads } from "./WhatItReads.tsx";

export interface PartProps {
  draft: Draft;
  change: (to: Partial<Draft>) => void;
  /** What is wrong at one of these fields of the API. */
  wrong: (...names: string[]) => string | undefined;
}

const READS = ["item", "items", "standardItem", "kind", "survey", "question", "option"];
const FIELDS = ["name", "key", ...READS, "statistic"];
const COUNTED = ["answers", "against", "top", "denominator", "minimumBase", "minimum_base"];

/** What a metric is, from what it reads to how it counts; refusals of the API stand at their fields. */
export function MetricForm({ start, isKnown }: { start: Draft; isKnown: boolean }) {
  const [draft, setDraft] = useState(start);
  const [isAsked, setAsked] = useState(false);
  const { route } = useLocation();
  const question = useQuestion(draft);
  const { perform, refusals, isBusy, forget } = useDeed(
    RegisterDocument,
    (data) => data.registerMetric.userErrors,
  );
  const change = (to: Partial<Draft>) => {
    forget();
    setDraft({ ...draft, ...to });
  };
  const wrong = (...names: string[]) => wrongAt(refusals.map(atField), ...names);
  const missing = (value: string) =>
    isAsked && value.trim() === "" ? t("parts.needed") : undefined;
  const submit = async (event: Event) => {
    event.preventDefault();
    setAsked(true);
    if (isBusy || draft.name.trim() === "" || keyOfDraft(draft) === "") return;
    if ((await perform({ input: inputOf(draft) })) !== undefined) route("/metrics");
  };
  return (
    <form class="card mt form" noValidate onSubmit={submit}>
      <Field label={t("metrics.name")} wrong={missing(draft.name) ?? wrong("name")}>
        {(control) => (
          <input
            {...control}
            value={draft.name}
            onInput={(event) => change({ name: event.currentTarget.value })}
          />
        )}
      </Field>
      {!isKnown && (
        <Field
          label={t("metrics.key")}
          hint={t("metrics.keyHint")}
          wrong={missing(keyOfDraft(draft)) ?? wrong("key")}
        >
          {(control) => (
            <input
              {...control}
              value={keyOfDraft(draft)}
              onInput={(event) => change({ key: event.currentTarget.value })}
            />
          )}
        </Field>
      )}
      <WhatItReads draft={draft} change={change} wrong={wrong} question={question} />
      <CountedAnswers
        draft={draft}
        change={change}
        wrong={wrong}
        answers={answersOf(draft, question)}
        question={question}
      />
      <Refusals of={wrongElsewhere(refusals.map(atField), ...FIELDS, ...COUNTED)} />
      <div class="acts">
        <button class="btn primary" type="submit" aria-busy={isBusy || undefined}>
          {t(isKnown ? "metrics.saveVersion" : "metrics.register")}
        </button>
        <a class="btn" href="/metrics">
          {t("parts.cancel")}
        </a>
      </div>
    </form>
  );
}

/** What a draft reads, or of an index the first of its questions: all have one scale. */
function useQuestion({ kind, survey, question, item, items }: Draft): Question | undefined {
  const [{ data }] = useRead({
    query: QuestionsToMeasureDocument,
    variables: { key: kind === INDEX ? (items[0]?.survey ?? "") : survey },
    pause: kind === INDEX ? items[0]?.survey == null : kind !== "" || survey === "",
  });
  const [{ data: known }] = useRead({
    query: StandardItemsDocument,
    pause: kind !== ONE_ITEM && kind !== INDEX,
  });
  const standard = kind === INDEX ? items[0]?.standardItem : item;
  const asked = kind === INDEX ? items[0]?.question : question;
  return (kind === ONE_ITEM || kind === INDEX) && standard
    ? known?.standardItems?.find(({ key }) => key === standard)
    : data?.survey?.questions.find(({ key }) => key === asked);
}

/** An error at one item of a list stands at the list. */
function atField(refusal: Refusal): Refusal {
  const field = refusal.field?.filter((part) => !/^\d+$/.test(part)) ?? null;
  return { ...refusal, field };
}
