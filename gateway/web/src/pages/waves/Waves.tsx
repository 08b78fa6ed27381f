import { useState } from "preact/hooks";
import { useRead } from "~/api/useRead.ts";
import { Refusals } from "~/parts/Refusals.tsx";
import { Said } from "~/parts/Said.tsx";
import { Skeleton } from "~/parts/Skeleton.tsx";
import { Trouble } from "~/parts/Trouble.tsx";
import { useDeed } from "~/parts/useDeed.ts";
import { useHere } from "~/place/place.ts";
import { usePageTitle } from "~/shell/usePageTitle.ts";
import { moment } from "~/words/format.ts";
import { t } from "~/words/words.ts";
import { DepartmentNames } from "./DepartmentName.tsx";
import { nameOfWave, waveAddress } from "./names.ts";
import { UpsertWaveDocument, type WaveRowFragment, WavesDocument } from "./queries.generated.ts";
import { allInWords } from "./refused.ts";
import { lastRemoved, putBack } from "./removed.ts";

/** All waves, the latest first, and what becomes of each. */
export default function Waves() {
  usePageTitle(t("waves.title"));
  return (
    <>
      <h1 class="verdict" tabIndex={-1}>
        {t("waves.title")}
      </h1>
      <p class="verdict-2">{t("waves.lede")}</p>
      <div class="acts">
        <a class="btn primary" href="/waves/new">
          {t("waves.plan")}
        </a>
      </div>
      <Removed />
      <List />
    </>
  );
}

/** A draft that was removed a moment ago can be put back. */
function Removed() {
  const [draft, setDraft] = useState(lastRemoved);
  const deed = useDeed(UpsertWaveDocument, (data) => data.upsertWave.userErrors);
  if (draft === undefined) return null;
  const back = async () => {
    if ((await deed.perform({ input: draft })) === undefined) return;
    putBack();
    setDraft(undefined);
  };
  return (
    <>
      <p class="note-bar mt" role="status">
        {t("waves.removed", { name: draft.name })}
        <button class="btn" type="button" aria-busy={deed.isBusy || undefined} onClick={back}>
          {t("surveyEditor.putBack")}
        </button>
      </p>
      <Refusals of={allInWords(deed.refusals)} />
    </>
  );
}

function List() {
  const [afters, setAfters] = useState<(string | null)[]>([null]);
  return (
    <section class="card mt" aria-label={t("waves.title")}>
      {afters.map((after, at) => (
        <Page
          key={after}
          after={after}
          more={at === afters.length - 1 ? (next) => setAfters([...afters, next]) : undefined}
        />
      ))}
    </section>
  );
}

/** A list without a wave is read anew as well when one is added. */
const EVEN_EMPTY = { additionalTypenames: ["Wave"] };

interface PageProps {
  after: string | null;
  more: ((after: string) => void) | undefined;
}

function Page({ after, more }: PageProps) {
  const [{ data, fetching }, again] = useRead({
    query: WavesDocument,
    variables: { after },
    context: EVEN_EMPTY,
  });
  const page = data?.waves;
  if (page == null) {
    return fetching ? (
      <Skeleton />
    ) : (
      <Trouble what={t("staff.theWaves")} again={() => again({ requestPolicy: "network-only" })} />
    );
  }
  const { hasNextPage, endCursor } = page.pageInfo;
  if (page.edges.length === 0 && after === null) return <p class="few">{t("waves.none")}</p>;
  return (
    <>
      <table class="tbl fold">
        <caption class="vh">{t("waves.title")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("waves.name")}</th>
            <th scope="col">{t("waves.kind")}</th>
            <th scope="col">{t("waves.state")}</th>
          </tr>
        </thead>
        <tbody>
          {page.edges.map(({ node }) => (
            <Row key={node.key} wave={node} />
          ))}
        </tbody>
      </table>
      {more && hasNextPage && endCursor !== null && (
        <p class="chart-f">
          <button class="btn" type="button" onClick={() => more(endCursor)}>
            {t("parts.more")}
          </button>
        </p>
      )}
    </>
  );
}

/** A wave; by its key those of one name are told apart, and where not everybody is asked by who is. */
function Row({ wave }: { wave: WaveRowFragment }) {
  const { timeZone } = useHere();
  return (
    <tr>
      <th scope="row">
        <a href={waveAddress(wave.key)}>
          <Said {...nameOfWave(wave)} />
        </a>
        <p class="small muted">
          <Said text={wave.key} />
          {wave.departments.length > 0 && (
            <>
              {" · "}
              <DepartmentNames of={wave.departments} />
            </>
          )}
        </p>
      </th>
      <td data-l={t("waves.kind")}>{!wave.imported && t(`waves.kind_${wave.kind}`)}</td>
      <td data-l={t("waves.state")}>{stateSaid(wave, timeZone)}</td>
    </tr>
  );
}

/** What a wave is doing, and until or since when. */
export function stateSaid(wave: WaveRowFragment, timeZone: string): string {
  const { state, opensAt, closesAt, closedAt } = wave;
  const at = (instant: string) => ({ at: moment(instant, timeZone) });
  if (wave.imported) return t("waves.is_IMPORTED");
  if (state === "DRAFT") {
    return opensAt === null ? t("waves.is_DRAFT") : t("waves.opensAt", at(opensAt));
  }
  if (state === "OPEN") {
    return closesAt === null ? t("waves.is_OPEN") : t("waves.openUntil", at(closesAt));
  }
  if (state === "CLOSED") return t("waves.is_CLOSED");
  return closedAt === null ? t("waves.is_RELEASED") : t("waves.releasedOf", at(closedAt));
}
