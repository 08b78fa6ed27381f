import { Field } from "~/parts/Field.tsx";
import { addDays, isDay, type Period } from "~/place/days.ts";
import { t } from "~/words/words.ts";

interface DaysProps {
  period: Period;
  set: (period: Period) => void;
  isPeriod: boolean;
}

/** First and last day, as people say them; the last one is in. */
export function Days({ period, set, isPeriod }: DaysProps) {
  const last = isDay(period.to) ? addDays(period.to, -1) : "";
  return (
    <>
      <Field label={t("exports.from")}>
        {(control) => (
          <input
            {...control}
            type="date"
            value={period.from}
            onInput={(event) => set({ ...period, from: event.currentTarget.value })}
          />
        )}
      </Field>
      <Field
        label={t("exports.until")}
        hint={t("exports.untilHint")}
        wrong={isPeriod ? undefined : t("exports.wrongDays")}
      >
        {(control) => (
          <input
            {...control}
            type="date"
            value={last}
            onInput={({ currentTarget: { value } }) =>
              set({ ...period, to: isDay(value) ? addDays(value, 1) : "" })
            }
          />
        )}
      </Field>
    </>
  );
}
