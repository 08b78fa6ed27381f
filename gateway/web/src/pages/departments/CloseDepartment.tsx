import { useState } from "preact/hooks";
import { DeedForm } from "~/parts/DeedForm.tsx";
import { PickDepartment, type Picked } from "~/parts/PickDepartment.tsx";
import { wrongAt, wrongElsewhere } from "~/parts/refusals.ts";
import { useDeed } from "~/parts/useDeed.ts";
import { isDay } from "~/place/days.ts";
import { useHere } from "~/place/place.ts";
import { day, number } from "~/words/format.ts";
import { t } from "~/words/words.ts";
import type { FormProps } from "./Chosen.tsx";
import { DayField } from "./MoveDepartment.tsx";
import { CloseDocument, type CloseMutation } from "./queries.generated.ts";

type Closing = CloseMutation["closeDepartment"];

/** Closing, or merging into another: tried first, then asked once more with what will happen. */
export function CloseDepartment({ department, done, leave }: FormProps) {
  const { today } = useHere();
  const [into, setInto] = useState<Picked>();
  const [from, setFrom] = useState(today);
  const [tried, setTried] = useState<Closing>();
  const { perform, refusals, isBusy } = useDeed(
    CloseDocument,
    (data) => data.closeDepartment.userErrors,
  );
  const submit = async () => {
    if (!isDay(from)) return;
    const input = { department: department.key, from, mergeInto: into?.key ?? null };
    const answer = await perform({ input: { ...input, dryRun: tried === undefined } });
    if (answer === undefined) return setTried(undefined);
    if (tried === undefined) return setTried(answer.closeDepartment);
    done(t("departments.isClosed", { name: department.name, day: day(from, { year: true }) }));
  };
  return (
    <DeedForm
      title={t("departments.closeTitle", { name: department.name })}
      act={
        tried === undefined
          ? t("departments.tryClosing")
          : t("departments.closeOn", { day: day(from, { year: true }) })
      }
      isBusy={isBusy}
      refused={wrongElsewhere(refusals, "from", "mergeInto")}
      submit={submit}
      leave={leave}
    >
      {tried === undefined ? (
        <>
          <DayField value={from} set={setFrom} wrong={wrongAt(refusals, "from")} />
          <PickDepartment
            label={t("departments.mergeInto")}
            hint={t("departments.mergeHint")}
            value={into}
            not={department.key}
            pick={setInto}
            wrong={wrongAt(refusals, "mergeInto")}
          />
        </>
      ) : (
        <WhatCloses name={department.name} into={into?.name} from={from} closing={tried} />
      )}
    </DeedForm>
  );
}

interface WhatProps {
  name: string;
  into: string | undefined;
  from: string;
  closing: Closing;
}

function WhatCloses({ name, into, from, closing }: WhatProps) {
  const { movedDepartments, movedTouchpoints } = closing;
  const words = { name, day: day(from, { year: true }) };
  if (into === undefined) return <p class="mt">{t("departments.closeWhat", words)}</p>;
  return (
    <div role="status">
      <p class="mt">{t("departments.mergeWhat", { ...words, into })}</p>
      <dl class="kv">
        <dt>{t("departments.movedDepartments")}</dt>
        <dd>{movedDepartments.length > 0 ? movedDepartments.join(", ") : number(0)}</dd>
        <dt>{t("departments.movedTouchpoints")}</dt>
        <dd>{movedTouchpoints.length > 0 ? movedTouchpoints.join(", ") : number(0)}</dd>
      </dl>
    </div>
  );
}
