import type { ScoreDimension } from "~/api/types.generated.ts";
import { useLiveRead } from "~/api/useLive.ts";
import type { LeadKey } from "~/parts/score/leading.ts";
import { addingUp, signedWithUnit } from "~/parts/score/units.ts";
import { periodName } from "~/place/names.ts";
import { usePlace } from "~/place/place.ts";
import { t } from "~/words/words.ts";
import { ChangePartsDocument } from "./queries.generated.ts";
import { variablesOf } from "./read.ts";

/** How much of the change is that of the parts, and how much that answers came from others of them. */
export function OfParts({ by, lead }: { by: ScoreDimension; lead: LeadKey }) {
  const place = usePlace();
  const { compareTo, period } = place;
  const [{ data }] = useLiveRead({
    query: ChangePartsDocument,
    variables: { ...variablesOf(place), compareTo: compareTo ?? null, by, lead },
    pause: compareTo === undefined,
  });
  const score = data?.department?.scorecard?.customers;
  const parts = score?.changeParts;
  if (score == null || parts == null || compareTo === undefined) return null;
  const { unit } = score.metric;
  const [rate = "", mix = ""] = addingUp(unit, parts.delta, [parts.rate, parts.mix]);
  return (
    <p class="small muted mt">
      {t("scorecard.changeParts", {
        since: periodName(compareTo, period),
        delta: signedWithUnit(unit, parts.delta),
        rate,
        mix,
      })}
    </p>
  );
}
