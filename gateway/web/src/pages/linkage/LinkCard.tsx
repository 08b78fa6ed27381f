import { useState } from "preact/hooks";
import { useLiveRead } from "~/api/useLive.ts";
import { ChartCard } from "~/parts/chart/ChartCard.tsx";
import { Skeleton } from "~/parts/Skeleton.tsx";
import type { Leading } from "~/parts/score/leading.ts";
import { Trouble } from "~/parts/Trouble.tsx";
import { usePlace } from "~/place/place.ts";
import { t } from "~/words/words.ts";
import {
  type Linked,
  limitsOf,
  STAFF,
  type StaffKey,
  strengthOf,
  tableOf,
  titleOf,
} from "./linkSays.ts";
import { LinkageDocument } from "./queries.generated.ts";
import { Scatter } from "./Scatter.tsx";

const FIRST: StaffKey = "engagement";

/** Whether customers are happier where staff are: the finding in words, what it does not say, and every department as a point. */
export function LinkCard({ lead, unit }: Leading) {
  const { department, period } = usePlace();
  const [staff, setStaff] = useState<StaffKey>(FIRST);
  const [{ data, error, fetching }, read] = useLiveRead({
    query: LinkageDocument,
    variables: { key: department, cx: lead, ex: staff, until: period.to },
  });
  const isFirst = staff === FIRST;
  const found = data?.department?.linkage ?? undefined;
  if (found === undefined && (isFirst || !fetching)) {
    if (fetching && data === undefined) return <Skeleton lines={8} />;
    const again = () => read({ requestPolicy: "network-only" });
    return error ? <Trouble what={t("linkage.what")} again={again} /> : null;
  }
  if (found !== undefined && isFirst && found.departments < 2) return null;
  return (
    <div class="wide" id="linkage">
      <Found of={found} lead={lead} unit={unit} staff={staff} choose={setStaff} />
    </div>
  );
}

interface Props extends Leading {
  /** Undefined while it is read. */
  of: Linked | undefined;
  staff: StaffKey;
  choose: (staff: StaffKey) => void;
}

function Found({ of, lead, unit, staff, choose }: Props) {
  const points = of?.points ?? [];
  return (
    <ChartCard
      title={of ? titleOf(of, staff) : t("linkage.title")}
      sub={of ? limitsOf(of) : ""}
      note={of && strengthOf(of)}
      file="linkage"
      table={() => tableOf(points, { lead, unit }, staff)}
      controls={<Choice staff={staff} choose={choose} />}
    >
      {of === undefined ? (
        <Skeleton lines={8} />
      ) : points.length === 0 ? (
        <p class="few mt">{t("linkage.noPoints")}</p>
      ) : (
        <Scatter
          points={points}
          lead={lead}
          unit={unit}
          staff={staff}
          label={`${titleOf(of, staff)}. ${strengthOf(of)}`}
        />
      )}
    </ChartCard>
  );
}

function Choice({ staff, choose }: Pick<Props, "staff" | "choose">) {
  return (
    <fieldset class="search" aria-label={t("linkage.with")}>
      {(Object.keys(STAFF) as StaffKey[]).map((key) => (
        <button
          key={key}
          class="btn"
          type="button"
          aria-pressed={key === staff}
          onClick={() => choose(key)}
        >
          {t(`score.${key}`)}
        </button>
      ))}
    </fieldset>
  );
}
