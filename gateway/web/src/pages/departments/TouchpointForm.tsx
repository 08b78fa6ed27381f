import { useState } from "preact/hooks";
import { DeedForm } from "~/parts/DeedForm.tsx";
import { Field } from "~/parts/Field.tsx";
import { keyOf } from "~/parts/keyOf.ts";
import { PickDepartment, type Picked } from "~/parts/PickDepartment.tsx";
import { wrongAt, wrongElsewhere } from "~/parts/refusals.ts";
import { STAGES, stageName } from "~/parts/stages.ts";
import { refusalsOf, useDeed } from "~/parts/useDeed.ts";
import { t } from "~/words/words.ts";
import { KeepTouchpointDocument } from "./queries.generated.ts";
import type { Touchpoint } from "./Touchpoints.tsx";

interface Props {
  /** Undefined for a new one. */
  touchpoint: Touchpoint | undefined;
  owner: Picked;
  done: (sentence: string) => void;
  leave: () => void;
}

/** A touchpoint: name, owner, stage and channel. A changed owner or stage holds from today on. */
export function TouchpointForm({ touchpoint, owner, done, leave }: Props) {
  const [name, setName] = useState(touchpoint?.name ?? "");
  const [key, setKey] = useState(touchpoint?.key);
  const [department, setDepartment] = useState<Picked | undefined>(owner);
  const [stage, setStage] = useState(touchpoint?.stage ?? "");
  const [channel, setChannel] = useState(touchpoint?.channel ?? "");
  const [isAsked, setAsked] = useState(false);
  const { perform, refusals, isBusy } = useDeed(KeepTouchpointDocument, (data) =>
    refusalsOf(data.upsertTouchpoints),
  );
  const shownKey = key ?? keyOf(name);
  const submit = async () => {
    setAsked(true);
    if (name.trim() === "" || shownKey === "" || department === undefined) return;
    const kept = await perform({
      touchpoint: {
        key: shownKey,
        name,
        department: department.key,
        stage: stage || null,
        channel: channel || null,
      },
    });
    if (kept !== undefined) done(t("departments.touchpointKept", { name }));
  };
  const missing = (value: string) =>
    isAsked && value.trim() === "" ? t("parts.needed") : undefined;
  return (
    <DeedForm
      title={touchpoint?.name ?? t("departments.addTouchpoint")}
      act={t("parts.save")}
      isBusy={isBusy}
      refused={wrongElsewhere(refusals, "name", "key", "department", "stage", "channel")}
      submit={submit}
      leave={leave}
    >
      <Field label={t("departments.name")} wrong={missing(name) ?? wrongAt(refusals, "name")}>
        {(control) => (
          <input
            {...control}
            value={name}
            onInput={(event) => setName(event.currentTarget.value)}
          />
        )}
      </Field>
      {touchpoint === undefined && (
        <Field
          label={t("departments.key")}
          hint={t("departments.keyHint")}
          wrong={missing(shownKey) ?? wrongAt(refusals, "key")}
        >
          {(control) => (
            <input
              {...control}
              value={shownKey}
              onInput={(event) => setKey(event.currentTarget.value)}
            />
          )}
        </Field>
      )}
      <PickDepartment
        label={t("departments.owner")}
        value={department}
        pick={setDepartment}
        wrong={
          isAsked && department === undefined
            ? t("departments.pickParent")
            : wrongAt(refusals, "department")
        }
      />
      <Field label={t("departments.stage")} wrong={wrongAt(refusals, "stage")}>
        {(control) => (
          <select
            {...control}
            value={stage}
            onChange={(event) => setStage(event.currentTarget.value)}
          >
            <option value="">{t("departments.noStage")}</option>
            {stagesWith(touchpoint?.stage).map((one) => (
              <option key={one} value={one}>
                {stageName(one)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field
        label={t("departments.channel")}
        hint={t("departments.channelHint")}
        wrong={wrongAt(refusals, "channel")}
      >
        {(control) => (
          <input
            {...control}
            value={channel}
            onInput={(event) => setChannel(event.currentTarget.value)}
          />
        )}
      </Field>
      {touchpoint !== undefined && <p class="lede mt">{t("departments.touchpointFrom")}</p>}
    </DeedForm>
  );
}

/** The known stages, and one of the organisation's own that the touchpoint has. */
function stagesWith(own: string | null | undefined): string[] {
  return [...new Set([...STAGES, ...(own ? [own] : [])])];
}
