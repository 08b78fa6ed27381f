import { useState } from "preact/hooks";
import { Said } from "~/parts/Said.tsx";
import { useHere } from "~/place/place.ts";
import { usePageTitle } from "~/shell/usePageTitle.ts";
import { t } from "~/words/words.ts";
import { Asked } from "./Asked.tsx";
import { Facts, ImportedFacts } from "./Facts.tsx";
import { CloseEarly, Open, Remove } from "./Life.tsx";
import { nameOfWave, waveAddress } from "./names.ts";
import { Preview } from "./Preview.tsx";
import type { WaveWholeFragment } from "./queries.generated.ts";
import { Report } from "./Report.tsx";
import { Running } from "./Running.tsx";
import { ThePromise } from "./ThePromise.tsx";
import { stateSaid } from "./Waves.tsx";
import { WithWave } from "./WithWave.tsx";

/** One wave: what is planned, what runs, or how its release came about. */
export default function WavePage() {
  usePageTitle(t("waves.wave"));
  return <WithWave show={(wave) => <Whole key={wave.key} wave={wave} />} />;
}

type Deed = "open" | "close" | "remove";

function Whole({ wave }: { wave: WaveWholeFragment }) {
  const { timeZone } = useHere();
  return (
    <>
      <p class="tag mt">
        <a href="/waves">{t("waves.title")}</a>
      </p>
      <h1 class="verdict" tabIndex={-1}>
        <Said {...nameOfWave(wave)} />
      </h1>
      <p class="verdict-2" role="status">
        {stateSaid(wave, timeZone)}
        {wave.closedEarlyBecause && (
          <>
            {" "}
            {t("waves.closedEarly")} <Said text={wave.closedEarlyBecause} />
          </>
        )}
      </p>
      <Life wave={wave} />
      <div class="split">
        <div class="stack">
          {wave.state === "DRAFT" && <Preview wave={wave} />}
          {wave.state === "OPEN" && <Running wave={wave} />}
          {wave.report && <Report wave={wave} report={wave.report} />}
          {!wave.imported && <ThePromise k={wave.k} />}
          {wave.questions.length > 0 && <Asked wave={wave} />}
        </div>
        <aside class="stack">
          {wave.imported ? <ImportedFacts wave={wave} /> : <Facts wave={wave} />}
        </aside>
      </div>
    </>
  );
}

/** What may be done with a wave; each asks once more and says what will happen. */
function Life({ wave }: { wave: WaveWholeFragment }) {
  const [deed, setDeed] = useState<Deed>();
  const leave = () => setDeed(undefined);
  if (deed !== undefined) {
    const Form = { open: Open, close: CloseEarly, remove: Remove }[deed];
    return (
      <section class="card mt" aria-label={t("waves.state")}>
        <Form wave={wave} leave={leave} />
      </section>
    );
  }
  if (wave.state === "DRAFT") {
    return (
      <div class="acts">
        <button class="btn primary" type="button" onClick={() => setDeed("open")}>
          {t("waves.open")} …
        </button>
        <a class="btn" href={waveAddress(wave.key, "/edit")}>
          {t("waves.edit")}
        </a>
        <button class="btn" type="button" onClick={() => setDeed("remove")}>
          {t("waves.remove")} …
        </button>
      </div>
    );
  }
  if (wave.state === "OPEN") {
    return (
      <div class="acts">
        <button class="btn" type="button" onClick={() => setDeed("close")}>
          {t("waves.closeEarly")} …
        </button>
      </div>
    );
  }
  if (wave.state !== "RELEASED") return null;
  return (
    <div class="acts">
      <a class="btn primary" href={`/staff?wave=${encodeURIComponent(wave.key)}`}>
        {t("waves.seeResults")}
      </a>
    </div>
  );
}
