import { useState } from "preact/hooks";
import type { MetricUnit } from "~/api/types.generated.ts";
import { useRead } from "~/api/useRead.ts";
import { Choice } from "~/parts/Choice.tsx";
import { Drop } from "~/parts/Drop.tsx";
import { Field } from "~/parts/Field.tsx";
import { Refusals } from "~/parts/Refusals.tsx";
import { type Refusal, wrongAt, wrongElsewhere } from "~/parts/refusals.ts";
import { metricName } from "~/parts/score/names.ts";
import { useDeed } from "~/parts/useDeed.ts";
import { addMonths, isDay } from "~/place/days.ts";
import { useHere, usePlace } from "~/place/place.ts";
import { useViewer } from "~/shell/viewer.ts";
import { t } from "~/words/words.ts";
import {
  MetricsToReachDocument,
  RemoveTargetDocument,
  SetTargetDocument,
} from "./queries.generated.ts";
import { type Draft, draftOf, readValue } from "./targetDraft.ts";
import { useTargets } from "./useTargets.ts";

/** Sets and removes targets of the department; for who may do so somewhere. */
export function TargetTool() {
  const { roles } = useViewer();
  const { department, includeSubtree } = usePlace();
  if (!includeSubtree || !(roles.has("ADMIN") || roles.has("ANALYST"))) return null;
  return (
    <Drop kind="drop more" panel="panel targets" label={t("scorecard.targets")}>
      <TargetForm key={department} department={department} />
    </Drop>
  );
}

function TargetForm({ department }: { department: string }) {
  const { today } = useHere();
  const [metric, setMetric] = useState("nps");
  const [changed, setChanged] = useState<Partial<Draft>>({});
  const [said, setSaid] = useState("");
  const [{ data }] = useRead({ query: MetricsToReachDocument });
  const metrics = data?.metricDefinitions ?? [];
  const unit = metrics.find(({ key }) => key === metric)?.unit ?? "POINTS";
  const target = useTargets().find((found) => found.metric.key === metric);
  const draft = { ...draftOf(target, unit, addMonths(today, 12)), ...changed };
  const { refusals, isBusy, forget, set, remove } = useTargetDeeds();
  const change = (to: Partial<Draft>) => {
    forget();
    setSaid("");
    setChanged({ ...changed, ...to });
  };
  const done = (words: string) => {
    setChanged({});
    setSaid(words);
  };
  const submit = async () => {
    const value = readValue(draft.value, unit);
    if (isBusy || value === undefined || !isDay(draft.due)) return;
    const { side, due, owner } = draft;
    const input = { department, metric, value, side, due, owner: owner.trim() || null };
    if ((await set({ input })) !== undefined) done(t("scorecard.targetIsSet"));
  };
  const takeAway = async () => {
    if ((await remove({ input: { department, metric } })) !== undefined)
      done(t("scorecard.targetIsRemoved"));
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Field label={t("scorecard.targetMetric")}>
        {(control) => (
          <select
            {...control}
            data-first
            value={metric}
            onChange={(event) => {
              change({});
              setChanged({});
              setMetric(event.currentTarget.value);
            }}
          >
            {metrics.map((each) => (
              <option key={each.key} value={each.key}>
                {metricName(each)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <TargetFields draft={draft} unit={unit} change={change} refusals={refusals} />
      <Refusals of={wrongElsewhere(refusals, "value", "due", "owner")} />
      <div class="acts">
        <button class="btn primary" type="submit" aria-busy={isBusy || undefined}>
          {t("scorecard.targetSet")}
        </button>
        {target && (
          <button class="btn" type="button" onClick={takeAway}>
            {t("scorecard.targetRemove")}
          </button>
        )}
      </div>
      <p role="status">{said}</p>
    </form>
  );
}

function useTargetDeeds() {
  const setting = useDeed(SetTargetDocument, (data) => data.setTarget.userErrors);
  const removing = useDeed(RemoveTargetDocument, (data) => data.removeTarget.userErrors);
  return {
    refusals: [...setting.refusals, ...removing.refusals],
    isBusy: setting.isBusy || removing.isBusy,
    forget: () => {
      setting.forget();
      removing.forget();
    },
    set: setting.perform,
    remove: removing.perform,
  };
}

/** The API says it in the metric's unit, where people write per cent. */
function wrongValue(refusals: readonly Refusal[], unit: MetricUnit): string | undefined {
  const isOutside = refusals.some(({ code }) => code === "VALUE_OUT_OF_RANGE");
  if (isOutside && unit === "SHARE") return t("scorecard.targetUnit_SHARE");
  return wrongAt(refusals, "value");
}

interface FieldsProps {
  draft: Draft;
  unit: MetricUnit;
  change: (to: Partial<Draft>) => void;
  refusals: readonly Refusal[];
}

function TargetFields({ draft, unit, change, refusals }: FieldsProps) {
  const isNumber = draft.value === "" || readValue(draft.value, unit) !== undefined;
  return (
    <>
      <Field
        label={t("scorecard.targetValue")}
        hint={t(`scorecard.targetUnit_${unit}`)}
        wrong={isNumber ? wrongValue(refusals, unit) : t("scorecard.targetNoNumber")}
      >
        {(control) => (
          <input
            {...control}
            inputMode="decimal"
            value={draft.value}
            onInput={(event) => change({ value: event.currentTarget.value })}
          />
        )}
      </Field>
      <Choice
        label={t("scorecard.targetSide")}
        name="side"
        value={draft.side}
        options={[
          { value: "CUSTOMER", label: t("scorecard.targetSide_CUSTOMER") },
          { value: "COMPANY", label: t("scorecard.targetSide_COMPANY") },
        ]}
        choose={(side) => change({ side })}
      />
      <Field label={t("scorecard.targetDue")} wrong={wrongAt(refusals, "due")}>
        {(control) => (
          <input
            {...control}
            type="date"
            value={draft.due}
            onInput={(event) => change({ due: event.currentTarget.value })}
          />
        )}
      </Field>
      <Field
        label={t("scorecard.targetOwner")}
        hint={t("scorecard.targetOwnerHint")}
        wrong={wrongAt(refusals, "owner")}
      >
        {(control) => (
          <input
            {...control}
            value={draft.owner}
            onInput={(event) => change({ owner: event.currentTarget.value })}
          />
        )}
      </Field>
    </>
  );
}
