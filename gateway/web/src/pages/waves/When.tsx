import { Named } from "~/pages/surveys/surveyEditor/Named.tsx";
import { useWrong } from "~/pages/surveys/surveyEditor/wrongs.ts";
import { Field } from "~/parts/Field.tsx";
import { useHere } from "~/place/place.ts";
import { t } from "~/words/words.ts";
import type { PartProps } from "./About.tsx";

/** When it opens and closes, when people are reminded, and how often it comes again. */
export function When({ form, change }: PartProps) {
  const { timeZone } = useHere();
  return (
    <section class="card" aria-labelledby="h-when">
      <h2 id="h-when">{t("waves.when")}</h2>
      <div class="sides">
        <Time
          name="opensAt"
          label={t("waves.opens")}
          hint={t("waves.opensHint", { timeZone })}
          value={form.opensAt}
          set={(opensAt) => change({ ...form, opensAt })}
        />
        <Time
          name="closesAt"
          label={t("waves.closes")}
          hint={t("waves.closesHint", { timeZone })}
          value={form.closesAt}
          set={(closesAt) => change({ ...form, closesAt })}
        />
        <Named
          name="reminders"
          label={t("waves.reminders")}
          hint={t("waves.remindersHint")}
          value={form.reminders}
          set={(reminders) => change({ ...form, reminders })}
        />
        <Named
          name="repeatMonths"
          label={t("waves.repeat")}
          hint={t("waves.repeatHint")}
          value={form.repeatMonths}
          set={(repeatMonths) => change({ ...form, repeatMonths })}
          isNumber
        />
      </div>
    </section>
  );
}

interface TimeProps {
  name: string;
  label: string;
  hint: string;
  value: string;
  set: (value: string) => void;
}

function Time({ name, label, hint, value, set }: TimeProps) {
  const wrong = useWrong(name);
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
