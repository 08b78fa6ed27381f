import { useState } from "preact/hooks";
import { Refusals } from "~/parts/Refusals.tsx";
import { Said } from "~/parts/Said.tsx";
import { useDeed } from "~/parts/useDeed.ts";
import { number } from "~/words/format.ts";
import { t } from "~/words/words.ts";
import { Members } from "./Members.tsx";
import {
  RemoveSegmentDocument,
  type SegmentShownFragment,
  type SegmentsQuery,
} from "./queries.generated.ts";
import { SegmentForm } from "./SegmentForm.tsx";

interface Props {
  segment: SegmentShownFragment;
  names: NonNullable<SegmentsQuery["ruleNames"]>;
  done: (words: string) => void;
}

/** A group: its rule, how many customers it has, and what may be done with it. */
export function Segment({ segment, names, done }: Props) {
  const [doing, setDoing] = useState<"change" | "members" | undefined>();
  const { perform, refusals, isBusy } = useDeed(
    RemoveSegmentDocument,
    (data) => data.removeSegment.userErrors,
  );
  const remove = async () => {
    const read = await perform({ input: { key: segment.key } });
    if (read !== undefined) done(t("segments.removed", { name: segment.name }));
  };
  const { count, place } = segment;
  return (
    <section class="card" aria-label={segment.name}>
      <h2>
        <Said text={segment.name} />
      </h2>
      <p class="mt">
        {count === null
          ? t("segments.notCounted")
          : t("segments.count", { count, shown: number(count) })}
      </p>
      <p class="small muted">
        {place === null ? t("segments.noPlace") : t("segments.placed", { place })}
      </p>
      <p class="mt rule">
        <code>{segment.rule}</code>
      </p>
      {doing === "change" && (
        <SegmentForm
          segment={segment}
          names={names}
          done={(words) => {
            setDoing(undefined);
            done(words);
          }}
          leave={() => setDoing(undefined)}
        />
      )}
      {doing === "members" && <Members segment={segment.key} />}
      <Refusals of={refusals} />
      {doing !== "change" && (
        <div class="acts">
          <button class="btn" type="button" onClick={() => setDoing("change")}>
            {t("segments.change")}
          </button>
          {doing !== "members" && (
            <button class="btn" type="button" onClick={() => setDoing("members")}>
              {t("segments.members")}
            </button>
          )}
          <button class="btn" type="button" aria-busy={isBusy || undefined} onClick={remove}>
            {t("segments.remove")}
          </button>
        </div>
      )}
    </section>
  );
}
