import { Field } from "~/parts/Field.tsx";
import { type Refusal, wrongAt } from "~/parts/refusals.ts";
import { t } from "~/words/words.ts";

/** First and last day, both included; "" is open. */
export interface RightDays {
  from: string;
  last: string;
}

export const NO_DAYS: RightDays = { from: "", last: "" };

interface Props {
  days: RightDays;
  set: (days: RightDays) => void;
  refusals: readonly Refusal[];
}

/** From when to when a right holds. */
export function Days({ days, set, refusals }: Props) {
  const isWrong = days.from !== "" && days.last !== "" && days.last < days.from;
  return (
    <>
      <Field label={t("people.from")} hint={t("people.fromHint")} wrong={wrongAt(refusals, "from")}>
        {(control) => (
          <input
            {...control}
            type="date"
            value={days.from}
            onInput={(event) => set({ ...days, from: event.currentTarget.value })}
          />
        )}
      </Field>
      <Field
        label={t("people.last")}
        hint={t("people.lastHint")}
        wrong={isWrong ? t("people.wrongOrder") : wrongAt(refusals, "to")}
      >
        {(control) => (
          <input
            {...control}
            type="date"
            value={days.last}
            onInput={(event) => set({ ...days, last: event.currentTarget.value })}
          />
        )}
      </Field>
    </>
  );
}
