import { useState } from "preact/hooks";
import { DeedForm } from "~/parts/DeedForm.tsx";
import { Field } from "~/parts/Field.tsx";
import { PickDepartment, type Picked } from "~/parts/PickDepartment.tsx";
import { wrongAt, wrongElsewhere } from "~/parts/refusals.ts";
import { useDeed } from "~/parts/useDeed.ts";
import { isDay } from "~/place/days.ts";
import { useHere } from "~/place/place.ts";
import { day } from "~/words/format.ts";
import { t } from "~/words/words.ts";
import type { FormProps } from "./Chosen.tsx";
import { MoveDocument } from "./queries.generated.ts";

/** Under another department from a day on: asked once more, with what will change. */
export function MoveDepartment({ department, done, leave }: FormProps) {
  const { today } = useHere();
  const [parent, setParent] = useState<Picked>();
  const [from, setFrom] = useState(today);
  const [isAsked, setAsked] = useState(false);
  const [isSure, setSure] = useState(false);
  const { perform, refusals, isBusy } = useDeed(
    MoveDocument,
    (data) => data.moveDepartment.userErrors,
  );
  const isWhole = parent !== undefined && isDay(from);
  const submit = async () => {
    setAsked(true);
    if (!isWhole) return;
    if (!isSure) return setSure(true);
    const input = { department: department.key, parent: parent.key, from };
    if ((await perform({ input })) === undefined) return setSure(false);
    done(
      t("departments.moved", { name: department.name, parent: parent.name, day: written(from) }),
    );
  };
  const words = { name: department.name, parent: parent?.name ?? "", day: written(from) };
  return (
    <DeedForm
      title={t("departments.moveTitle", { name: department.name })}
      act={isSure ? t("departments.moveFrom", { day: written(from) }) : t("departments.do_move")}
      isBusy={isBusy}
      refused={wrongElsewhere(refusals, "parent", "from")}
      submit={submit}
      leave={leave}
    >
      {isSure ? (
        <div role="status">
          <p class="mt">{t("departments.moveWhat", words)}</p>
          <p class="lede mt">{t("departments.moveScores", words)}</p>
        </div>
      ) : (
        <>
          <PickDepartment
            label={t("departments.newParent")}
            value={parent}
            not={department.key}
            pick={setParent}
            wrong={
              isAsked && parent === undefined
                ? t("departments.pickParent")
                : wrongAt(refusals, "parent")
            }
          />
          <DayField value={from} set={setFrom} wrong={wrongAt(refusals, "from")} />
        </>
      )}
    </DeedForm>
  );
}

interface DayProps {
  value: string;
  set: (day: string) => void;
  wrong: string | undefined;
}

/** From which local day on something holds. */
export function DayField({ value, set, wrong }: DayProps) {
  return (
    <Field
      label={t("departments.fromDay")}
      hint={t("departments.fromDayHint")}
      wrong={isDay(value) ? wrong : t("departments.writeDay")}
    >
      {(control) => (
        <input
          {...control}
          type="date"
          value={value}
          onInput={(event) => set(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}

function written(from: string): string {
  return isDay(from) ? day(from, { year: true }) : "";
}
