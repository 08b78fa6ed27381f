import { useState } from "preact/hooks";
import { DeedForm } from "~/parts/DeedForm.tsx";
import { Field } from "~/parts/Field.tsx";
import { wrongAt, wrongElsewhere } from "~/parts/refusals.ts";
import { useDeed } from "~/parts/useDeed.ts";
import { instantOf, wallOf } from "~/place/clock.ts";
import { useHere } from "~/place/place.ts";
import { t } from "~/words/words.ts";
import {
  ChangeSurveyStateDocument,
  type SurveyState,
  type SurveyWholeFragment,
} from "../queries.generated.ts";
import { allInWords } from "../refused.ts";
import { deedOf, timesOf } from "./deeds.ts";

interface Props {
  survey: SurveyWholeFragment;
  to: SurveyState;
  done: () => void;
  leave: () => void;
}

/** Says what will happen, takes the times it needs, and does it. */
export function ChangeState({ survey, to, done, leave }: Props) {
  const { timeZone } = useHere();
  const takes = timesOf(to);
  const start = (instant: string | null) => (instant === null ? "" : wallOf(instant, timeZone));
  const [opensAt, setOpensAt] = useState(start(survey.opensAt));
  const isOver = survey.state === "CLOSED";
  const [closesAt, setClosesAt] = useState(isOver ? "" : start(survey.closesAt));
  const endIsKept = !isOver && survey.closesAt !== null;
  const deed = useDeed(ChangeSurveyStateDocument, (data) => data.changeSurveyState.userErrors);
  const submit = async () => {
    const input = {
      survey: survey.key,
      state: to,
      opensAt: takes.opens ? (instantOf(opensAt, timeZone) ?? null) : null,
      closesAt: takes.closes ? (instantOf(closesAt, timeZone) ?? null) : null,
    };
    if ((await deed.perform({ input })) !== undefined) done();
  };
  const refused = allInWords(deed.refusals);
  const name = deedOf(survey.state, to);
  const shown = [takes.opens && "opensAt", takes.closes && "closesAt"].filter(
    (one) => one !== false,
  );
  return (
    <DeedForm
      title={t(`survey.do_${name}`)}
      act={t(`survey.do_${name}`)}
      isBusy={deed.isBusy}
      refused={wrongElsewhere(refused, ...shown)}
      submit={submit}
      leave={leave}
    >
      <p class="lede">{t(`survey.what_${name}`)}</p>
      <div class="sides">
        {takes.opens && (
          <When
            label={t("surveys.opens")}
            hint={t("survey.clock", { timeZone })}
            wrong={wrongAt(refused, "opensAt")}
            value={opensAt}
            set={setOpensAt}
          />
        )}
        {takes.closes && (
          <When
            label={t("surveys.closes")}
            hint={t(endIsKept ? "survey.clockOrKept" : "survey.clockOrNever", { timeZone })}
            wrong={wrongAt(refused, "closesAt")}
            value={closesAt}
            set={setClosesAt}
          />
        )}
      </div>
    </DeedForm>
  );
}

interface WhenProps {
  label: string;
  hint: string;
  wrong: string | undefined;
  value: string;
  set: (value: string) => void;
}

function When({ label, hint, wrong, value, set }: WhenProps) {
  return (
    <Field label={label} hint={hint} wrong={wrong}>
      {(control) => (
        <input
          {...control}
          type="datetime-local"
          value={value}
          onInput={(event) => set(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}
