import { useEffect } from "preact/hooks";
import { useRead } from "~/api/useRead.ts";
import { Skeleton } from "~/parts/Skeleton.tsx";
import { Trouble } from "~/parts/Trouble.tsx";
import { usePageTitle } from "~/shell/usePageTitle.ts";
import { list, number } from "~/words/format.ts";
import { t } from "~/words/words.ts";
import { Letters } from "./Letters.tsx";
import { ChecksDocument } from "./queries.generated.ts";
import { Rebuild } from "./Rebuild.tsx";
import { Recount } from "./Recount.tsx";
import { Services } from "./Services.tsx";
import { nameOf } from "./services.ts";
import { type Backlog, givenUp, useBacklog } from "./useBacklog.ts";
import { type Health, useHealth } from "./useHealth.ts";

const WHILE_RUNNING_MS = 1_000;
const BEHIND_SECONDS = 60;

/** Whether everything runs and scores are counted right, and what mends it. */
export default function System() {
  const health = useHealth();
  const waiting = useBacklog();
  const [{ data, error }, again] = useRead({
    query: ChecksDocument,
  });
  usePageTitle(t("system.title"));
  const read = () => again({ requestPolicy: "network-only" });
  const isRunning = [data?.reconciliation, data?.rebuild].some((work) => work?.state === "RUNNING");
  useEffect(() => {
    if (!isRunning) return;
    const timer = setInterval(() => again({ requestPolicy: "network-only" }), WHILE_RUNNING_MS);
    return () => clearInterval(timer);
  }, [isRunning, again]);
  return (
    <>
      <h1 class="verdict" tabIndex={-1} aria-live="polite">
        {sentence(health, waiting.backlog ?? [])}
      </h1>
      <p class="verdict-2">
        {health !== undefined && health !== "silent" && health.away.length > 0
          ? t("system.awayLede")
          : t("system.lede")}
      </p>
      <div class="halves">
        <div class="stack">
          {data?.reconciliation ? (
            <Recount of={data.reconciliation} changed={read} />
          ) : (
            <Part
              isRead={data !== undefined || error !== undefined}
              name={t("system.recount")}
              again={read}
            />
          )}
          {data?.rebuild ? (
            <Rebuild of={data.rebuild} changed={read} />
          ) : (
            <Part
              isRead={data !== undefined || error !== undefined}
              name={t("system.rebuild")}
              again={read}
            />
          )}
        </div>
        <div class="stack">
          <Services health={health} backlog={waiting.backlog} />
          <Letters {...waiting} />
        </div>
      </div>
    </>
  );
}

function Part({ isRead, name, again }: { isRead: boolean; name: string; again: () => void }) {
  return isRead ? <Trouble what={name} again={again} /> : <Skeleton />;
}

/** The worst there is to say. */
function sentence(health: Health | undefined, backlog: Backlog): string {
  if (health === undefined) return t("system.looking");
  if (health === "silent") return t("system.unknown");
  if (health.away.length > 0) return t("system.away", { names: namesOf(health.away) });
  const count = givenUp(backlog);
  if (count > 0) return t("system.gaveUp", { count: number(count) });
  const late = backlog.filter(({ unappliedSeconds, stuckSeconds }) =>
    [unappliedSeconds, stuckSeconds].some((seconds) => (seconds ?? 0) > BEHIND_SECONDS),
  );
  if (late.length > 0) {
    return t("system.behind", { names: namesOf(late.map(({ service }) => service)) });
  }
  return t("system.runs");
}

function namesOf(services: string[]): string {
  return list(services.map(nameOf));
}
