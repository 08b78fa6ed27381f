import { useEffect, useState } from "preact/hooks";
import { useRead } from "~/api/useRead.ts";
import { Skeleton } from "~/parts/Skeleton.tsx";
import { Trouble } from "~/parts/Trouble.tsx";
import { useHere } from "~/place/place.ts";
import { useViewer } from "~/shell/viewer.ts";
import { moment, number } from "~/words/format.ts";
import { t } from "~/words/words.ts";
import { PastImportsDocument, type PastImportsQuery } from "./queries.generated.ts";
import { TakeBack } from "./TakeBack.tsx";

export type Past = NonNullable<PastImportsQuery["imports"]>["imports"][number];

const FIRST = 10;
const MOST = 100;
const LOOK_EVERY_MS = 3_000;

interface Props {
  /** The one that is being taken back. */
  taking: Past | undefined;
  take: (past: Past | undefined) => void;
}

/** Files of answers that were brought in before, the newest first: who, when, how many; one may be taken back. */
export function PastImports({ taking, take }: Props) {
  const [first, setFirst] = useState(FIRST);
  const [told, setTold] = useState("");
  const [{ data, fetching }, read] = useRead({
    query: PastImportsDocument,
    variables: { first },
    requestPolicy: "cache-and-network",
  });
  const again = () => read({ requestPolicy: "network-only" });
  const list = data?.imports;
  const isRunning = list?.imports.some(({ state }) => state === "RUNNING") ?? false;
  // biome-ignore lint/correctness/useExhaustiveDependencies: each answer asks for the next, while one goes on
  useEffect(() => {
    if (!isRunning) return;
    const timer = setTimeout(again, LOOK_EVERY_MS);
    return () => clearTimeout(timer);
  }, [isRunning, data]);
  const done = (words: string) => {
    setTold(words);
    take(undefined);
    again();
  };
  return (
    <aside class="card" aria-labelledby="h-past">
      <h2 id="h-past">{t("imports.past")}</h2>
      <p class="small muted">{t("imports.pastAre")}</p>
      <p role="status" class={told && "note-bar"}>
        {told}
      </p>
      {list == null &&
        (fetching ? <Skeleton /> : <Trouble what={t("imports.past")} again={again} />)}
      {list?.imports.length === 0 && <p class="few mt">{t("imports.pastNone")}</p>}
      {list != null && list.imports.length > 0 && (
        <ul class="items">
          {list.imports.map((past) => (
            <Item
              key={past.id}
              past={past}
              isTaken={taking?.id === past.id}
              take={take}
              done={done}
            />
          ))}
        </ul>
      )}
      {list?.pageInfo.hasNextPage && first < MOST && (
        <button class="btn mt" type="button" onClick={() => setFirst(MOST)}>
          {t("parts.more")}
        </button>
      )}
    </aside>
  );
}

interface ItemProps {
  past: Past;
  isTaken: boolean;
  take: (past: Past | undefined) => void;
  done: (words: string) => void;
}

function Item({ past, isTaken, take, done }: ItemProps) {
  const { timeZone } = useHere();
  const { subject } = useViewer();
  const { fileName, startedAt, state, survey, stored } = past;
  const by = past.subject === subject ? t("imports.byYou") : t("imports.by", { who: past.subject });
  return (
    <li>
      <div>
        <h3>
          <bdi>{fileName || t("imports.noName")}</bdi>
        </h3>
        <p>{`${moment(startedAt, timeZone)} · ${by}`}</p>
        <p>{`${t(`imports.state_${state}`)} · ${countsOf(past)}`}</p>
        <p class="xs muted">{t("imports.answered", { survey })}</p>
        {isTaken ? (
          <TakeBack past={past} done={done} leave={() => take(undefined)} />
        ) : (
          stored > 0 &&
          (state === "DONE" || state === "CUT") && (
            <p class="acts">
              <button
                class="btn"
                type="button"
                aria-label={t("imports.takeBackOf", { name: fileName })}
                onClick={() => take(past)}
              >
                {t("imports.takeBack")}
              </button>
            </p>
          )
        )}
      </div>
    </li>
  );
}

/** Stored and refused always, corrected where there is any. */
function countsOf({ stored, corrected, refused }: Past): string {
  const counts = t("imports.pastCounts", { stored: number(stored), refused: number(refused) });
  if (corrected === 0) return counts;
  return `${counts} · ${t("imports.pastCorrected", { corrected: number(corrected) })}`;
}
