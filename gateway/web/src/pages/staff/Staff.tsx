import { useRead } from "~/api/useRead.ts";
import { Skeleton } from "~/parts/Skeleton.tsx";
import { CountedIn, Withheld } from "~/parts/score/Withheld.tsx";
import { Trouble } from "~/parts/Trouble.tsx";
import { addressOf, usePlace } from "~/place/place.ts";
import { usePageTitle } from "~/shell/usePageTitle.ts";
import { t } from "~/words/words.ts";
import { Below } from "./Below.tsx";
import { Cut } from "./Cut.tsx";
import { Frame, OpenWave, Tabs } from "./Frame.tsx";
import { Leads } from "./Leads.tsx";
import { Questions } from "./Questions.tsx";
import {
  StaffBeforeDocument,
  StaffResultsDocument,
  type WaveNameFragment,
} from "./queries.generated.ts";
import { hasTexts, type Results } from "./scores.ts";
import type { Waves } from "./useWaves.ts";
import { Verdict } from "./Verdict.tsx";
import { useWaveLabel } from "./waveNames.ts";

/** How the people of a department feel, as they said it in one wave. */
export default function Staff() {
  usePageTitle(t("staff.title"));
  return <Frame page="/staff">{(waves) => <OfWave key={waves.chosen.key} waves={waves} />}</Frame>;
}

function OfWave({ waves }: { waves: Waves & { chosen: WaveNameFragment } }) {
  const { chosen, against } = waves;
  const { department } = usePlace();
  const name = useWaveLabel()(chosen);
  const [{ data, error, fetching }, again] = useRead({
    query: StaffResultsDocument,
    variables: { wave: chosen.key, department, against: against?.key ?? null },
  });
  const wave = data?.wave;
  if (wave?.results == null) {
    return (
      <>
        <h1 class="verdict" tabIndex={-1}>
          {name}
        </h1>
        {fetching ? (
          <Skeleton lines={6} />
        ) : error === undefined ? (
          <p class="verdict-2">{t("score.absent")}</p>
        ) : (
          <Trouble
            what={t("staff.theResults")}
            again={() => again({ requestPolicy: "network-only" })}
          />
        )}
        <OpenWave waves={waves} />
      </>
    );
  }
  return <Whole wave={wave} waves={waves} />;
}

interface WholeProps {
  wave: Results;
  waves: Waves & { chosen: WaveNameFragment };
}

function Whole({ wave, waves }: WholeProps) {
  const place = usePlace();
  const { chosen, against } = waves;
  const [{ data }] = useRead({
    query: StaffBeforeDocument,
    variables: { wave: against?.key ?? "", department: place.department },
    pause: against === undefined,
  });
  const before = new Map(
    (data?.wave?.results?.scores ?? []).map((score) => [
      score.statistic,
      { ...score, wave: against?.key ?? null },
    ]),
  );
  const isWithheld = wave.results?.status === "WITHHELD";
  return (
    <>
      <Verdict wave={wave} chosen={chosen} against={against} />
      <OpenWave waves={waves} />
      {!isWithheld && hasTexts(wave) && (
        <div class="acts">
          <a class="btn primary" href={addressOf("/staff/words", place, { wave: chosen.key })}>
            {t("staff.readWords")}
          </a>
        </div>
      )}
      <Tabs wave={chosen} page="/staff" />
      {isWithheld ? (
        <section class="card mt" aria-label={t("staff.results")}>
          <Withheld countedIn={null} />
          <CountedIn countedIn={wave.results?.countedIn ?? null} />
        </section>
      ) : (
        <Leads wave={wave} chosen={chosen} against={against} before={before} />
      )}
      <div class="halves">
        {!isWithheld && (
          <div class="stack">
            <Questions wave={wave} before={before} />
            <Cut wave={wave} />
          </div>
        )}
        <Below chosen={chosen} />
      </div>
    </>
  );
}
