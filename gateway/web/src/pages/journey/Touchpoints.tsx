import { reasonOf, shortCareOf } from "~/parts/score/Face.tsx";
import type { MeasureFragment } from "~/parts/score/measure.generated.ts";
import { Reason } from "~/parts/score/Reason.tsx";
import { Strip } from "~/parts/score/Strip.tsx";
import { likely, shownRange, written } from "~/parts/score/units.ts";
import { addressOf, usePlace } from "~/place/place.ts";
import { number } from "~/words/format.ts";
import { t } from "~/words/words.ts";

interface Group {
  key: string | null;
  label: string;
  score: MeasureFragment;
}

interface Props {
  groups: Group[];
  whole: number | undefined;
  owners: ReadonlyMap<string, string>;
}

/** The touchpoints of a stage, those with the most answers first; each leads to what was said there. */
export function Touchpoints({ groups, whole, owners }: Props) {
  const ordered = [...groups].sort((one, other) => (other.score.base ?? 0) - (one.score.base ?? 0));
  return (
    <>
      <h3 class="vh">{t("journey.laneTouchpoints")}</h3>
      <ul>
        {ordered.map((group) => (
          <Touchpoint
            key={group.key}
            group={group}
            whole={whole}
            owner={owners.get(group.key ?? "")}
          />
        ))}
      </ul>
    </>
  );
}

interface OneProps {
  group: Group;
  whole: number | undefined;
  owner: string | undefined;
}

function Touchpoint({ group: { key, label, score }, whole, owner }: OneProps) {
  const place = usePlace();
  const reason = reasonOf(score);
  return (
    <li class="tp">
      {key === null ? (
        <span>{label || t("journey.noTouchpoint")}</span>
      ) : (
        <a href={addressOf("/comments", place, { touchpoint: key })}>{label}</a>
      )}
      <span class="v">{score.value !== null && written(score.metric.unit, score.value)}</span>
      {score.value !== null && (
        <Strip
          shown={shownRange(score.metric.unit, score.metric.key)}
          value={score.value}
          interval={score.interval}
          reference={whole}
          isLow={score.status === "LOW_BASE"}
        />
      )}
      <span class="note">{reason ? <Reason text={reason} /> : baseSentence(score)}</span>
      {owner !== undefined && <span class="note">{t("journey.runBy", { name: owner })}</span>}
    </li>
  );
}

function baseSentence(score: MeasureFragment): string {
  if (score.status === "LOW_BASE") return shortCareOf(score);
  const range = score.interval === null ? "" : likely(score.metric.unit, score.interval);
  return t("journey.rangeAndBase", { range, base: number(score.base ?? 0) });
}
