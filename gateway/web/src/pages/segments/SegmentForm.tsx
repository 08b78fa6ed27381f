import { useState } from "preact/hooks";
import { DeedForm } from "~/parts/DeedForm.tsx";
import { Field } from "~/parts/Field.tsx";
import { keyOf } from "~/parts/keyOf.ts";
import { wrongAt, wrongElsewhere } from "~/parts/refusals.ts";
import { useDeed } from "~/parts/useDeed.ts";
import { t } from "~/words/words.ts";
import { NamesHelp } from "./NamesHelp.tsx";
import { Preview } from "./Preview.tsx";
import {
  SaveSegmentDocument,
  type SegmentShownFragment,
  type SegmentsQuery,
} from "./queries.generated.ts";

const PLACES = Array.from({ length: 32 }, (_, at) => at + 1);

interface Props {
  /** Absent: a new one. */
  segment?: SegmentShownFragment;
  names: NonNullable<SegmentsQuery["ruleNames"]>;
  done: (words: string) => void;
  leave: () => void;
}

/** A segment is written, tried while it is written, and stored. */
export function SegmentForm({ segment, names, done, leave }: Props) {
  const [name, setName] = useState(segment?.name ?? "");
  const [rule, setRule] = useState(segment?.rule ?? "");
  const [place, setPlace] = useState(segment?.place ?? 0);
  const { perform, refusals, isBusy } = useDeed(
    SaveSegmentDocument,
    (data) => data.upsertSegment.userErrors,
  );
  const key = segment?.key ?? keyOf(name);
  const submit = async () => {
    const read = await perform({ input: { key, name, rule, place: place || null } });
    if (read !== undefined) done(t("segments.stored", { name }));
  };
  return (
    <DeedForm
      level={segment === undefined ? 2 : 3}
      title={t(segment === undefined ? "segments.add" : "segments.change")}
      act={t("segments.store")}
      isBusy={isBusy}
      refused={wrongElsewhere(refusals, "name", "key", "rule")}
      submit={submit}
      leave={leave}
    >
      <Field label={t("segments.name")} wrong={wrongAt(refusals, "name", "key")}>
        {(control) => (
          <input
            {...control}
            autocomplete="off"
            maxLength={100}
            value={name}
            onInput={(event) => setName(event.currentTarget.value)}
          />
        )}
      </Field>
      <Field
        label={t("segments.rule")}
        hint={t("segments.ruleHint")}
        wrong={wrongAt(refusals, "rule")}
      >
        {(control) => (
          <textarea
            {...control}
            rows={4}
            maxLength={2000}
            spellcheck={false}
            autocapitalize="off"
            dir="ltr"
            value={rule}
            onInput={(event) => setRule(event.currentTarget.value)}
          />
        )}
      </Field>
      <Preview rule={rule} segment={segment?.key ?? null} />
      <NamesHelp
        names={names}
        put={(text) =>
          setRule((before) => (before.trim() === "" ? text : `${before.trimEnd()} ${text}`))
        }
      />
      <Field label={t("segments.place")} hint={t("segments.placeHint")}>
        {(control) => (
          <select
            {...control}
            value={place}
            onChange={(event) => setPlace(Number(event.currentTarget.value))}
          >
            <option value={0}>{t("segments.noPlace")}</option>
            {PLACES.map((each) => (
              <option key={each} value={each}>
                {each}
              </option>
            ))}
          </select>
        )}
      </Field>
    </DeedForm>
  );
}
