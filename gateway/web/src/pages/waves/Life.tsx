import { useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { DeedForm } from "~/parts/DeedForm.tsx";
import { Field } from "~/parts/Field.tsx";
import { wrongAt, wrongElsewhere } from "~/parts/refusals.ts";
import { useDeed } from "~/parts/useDeed.ts";
import { useHere } from "~/place/place.ts";
import { list, moment, number } from "~/words/format.ts";
import { t } from "~/words/words.ts";
import { DepartmentNames } from "./DepartmentName.tsx";
import { formOf, inputOf } from "./form.ts";
import { nameOfWave } from "./names.ts";
import {
  CloseWaveDocument,
  OpenWaveDocument,
  RemoveWaveDocument,
  type WaveWholeFragment,
} from "./queries.generated.ts";
import { allInWords } from "./refused.ts";
import { remove } from "./removed.ts";

interface Props {
  wave: WaveWholeFragment;
  leave: () => void;
}

/** Says what is frozen for ever, and opens a wave. */
export function Open({ wave, leave }: Props) {
  const { timeZone } = useHere();
  const deed = useDeed(OpenWaveDocument, (data) => data.openWave.userErrors);
  const { closesAt, dimensions, departments, k, questions, languages } = wave;
  const frozen = [
    t("waves.frozenK", { k: number(k) }),
    t(departments.length === 0 ? "waves.frozenEverybody" : "waves.frozenDepartments"),
    dimensions.length === 0
      ? t("waves.frozenNoCut")
      : t("waves.frozenCut", { names: list([...dimensions]) }),
    t("waves.frozenQuestions", {
      questions: number(questions.length),
      languages: number(languages.length),
    }),
    closesAt === null
      ? t("waves.needsEnd")
      : t("waves.closesThen", { at: moment(closesAt, timeZone) }),
  ];
  return (
    <DeedForm
      title={t("waves.openTitle", { name: nameOfWave(wave).text })}
      act={t("waves.open")}
      isBusy={deed.isBusy}
      refused={allInWords(deed.refusals)}
      submit={async () => {
        if ((await deed.perform({ input: { key: wave.key } })) !== undefined) leave();
      }}
      leave={leave}
    >
      <p class="lede">{t("waves.frozen")}</p>
      <ul class="items">
        {frozen.map((one) => (
          <li key={one}>
            <p>{one}</p>
          </li>
        ))}
        {departments.length > 0 && (
          <li>
            <p>
              <DepartmentNames of={departments} />
            </p>
          </li>
        )}
      </ul>
    </DeedForm>
  );
}

/** Closes a wave before its time, with a reason that stays with it. */
export function CloseEarly({ wave, leave }: Props) {
  const [reason, setReason] = useState("");
  const [isAsked, setAsked] = useState(false);
  const deed = useDeed(CloseWaveDocument, (data) => data.closeWave.userErrors);
  const refused = allInWords(deed.refusals);
  const missing = isAsked && reason.trim() === "" ? t("parts.needed") : undefined;
  return (
    <DeedForm
      title={t("waves.closeTitle", { name: nameOfWave(wave).text })}
      act={t("waves.closeEarly")}
      isBusy={deed.isBusy}
      refused={wrongElsewhere(refused, "reason")}
      submit={async () => {
        setAsked(true);
        if (reason.trim() === "") return;
        const input = { key: wave.key, reason: reason.trim() };
        if ((await deed.perform({ input })) !== undefined) leave();
      }}
      leave={leave}
    >
      <p class="lede">{t("waves.closeWhat")}</p>
      <Field label={t("waves.reason")} wrong={missing ?? wrongAt(refused, "reason")}>
        {(control) => (
          <input
            {...control}
            maxLength={500}
            autocomplete="off"
            value={reason}
            onInput={(event) => setReason(event.currentTarget.value)}
          />
        )}
      </Field>
    </DeedForm>
  );
}

/** Removes a draft; it can be put back for as long as the page is not loaded anew. */
export function Remove({ wave, leave }: Props) {
  const { timeZone } = useHere();
  const { route } = useLocation();
  const deed = useDeed(RemoveWaveDocument, (data) => data.removeWave.userErrors);
  return (
    <DeedForm
      title={t("waves.removeTitle", { name: nameOfWave(wave).text })}
      act={t("waves.remove")}
      isBusy={deed.isBusy}
      refused={allInWords(deed.refusals)}
      submit={async () => {
        if ((await deed.perform({ input: { key: wave.key } })) === undefined) return;
        remove(inputOf(formOf(wave, timeZone), timeZone));
        route("/waves");
      }}
      leave={leave}
    >
      <p class="lede">{t("waves.removeWhat")}</p>
    </DeedForm>
  );
}
