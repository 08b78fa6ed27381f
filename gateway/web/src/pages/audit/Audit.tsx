import { useState } from "preact/hooks";
import type { AuditDeed } from "~/api/types.generated.ts";
import { Skeleton } from "~/parts/Skeleton.tsx";
import { Trouble } from "~/parts/Trouble.tsx";
import { usePageTitle } from "~/shell/usePageTitle.ts";
import { list } from "~/words/format.ts";
import { t } from "~/words/words.ts";
import { Entries } from "./Entries.tsx";
import { Filter } from "./Filter.tsx";
import { useAuditLog } from "./useAuditLog.ts";

/** What is looked for; "" leaves out nothing. It stands in no address: it may name a person. */
export interface Looked {
  subject: string;
  about: string;
  deed: AuditDeed | "";
}

export const EVERYTHING: Looked = { subject: "", about: "", deed: "" };

/** Who did what, when, and by which right; the newest first. */
export default function Audit() {
  const [looked, setLooked] = useState(EVERYTHING);
  const log = useAuditLog(looked);
  usePageTitle(t("audit.title"));
  return (
    <>
      <h1 class="verdict" tabIndex={-1}>
        {t("audit.title")}
      </h1>
      <p class="verdict-2">{t("audit.lede")}</p>
      <section class="card mt" aria-label={t("audit.title")}>
        <Filter looked={looked} look={setLooked} />
        {log.missing.length > 0 && (
          <p class="note-bar err" role="alert">
            {t("audit.missing", { names: list(log.missing) })}
            <button class="btn" type="button" onClick={log.again}>
              {t("audit.again")}
            </button>
          </p>
        )}
        {log.isFailed && <Trouble what={t("audit.title")} again={log.again} />}
        <Entries of={log.entries} />
        {log.isReading && log.entries.length === 0 && <Skeleton />}
        {!log.isReading && !log.isFailed && log.entries.length === 0 && (
          <Nothing searchAll={() => setLooked(EVERYTHING)} />
        )}
        {log.older && (
          <div class="acts">
            <button
              class="btn"
              type="button"
              aria-busy={log.isReading || undefined}
              onClick={log.older}
            >
              {t("audit.older")}
            </button>
          </div>
        )}
      </section>
    </>
  );
}

function Nothing({ searchAll }: { searchAll: () => void }) {
  return (
    <div role="status">
      <h2 class="mt">{t("audit.none")}</h2>
      <p class="lede">{t("audit.noneLede")}</p>
      <div class="acts">
        <button class="btn" type="button" onClick={searchAll}>
          {t("audit.everything")}
        </button>
      </div>
    </div>
  );
}
