import { addressOf, usePlace } from "~/place/place.ts";
import { day, list } from "~/words/format.ts";
import { t } from "~/words/words.ts";
import type { Department } from "./Chosen.tsx";

/** What a department is: its key, where it hangs, what it was called, and whether it is closed. */
export function Facts({ department }: { department: Department }) {
  const place = usePlace();
  const { key, parent, formerNames, closedFrom, mergedInto } = department;
  return (
    <>
      <dl class="kv">
        <dt>{t("departments.key")}</dt>
        <dd>{key}</dd>
        {parent && (
          <>
            <dt>{t("departments.under")}</dt>
            <dd>
              <a href={`/tree?department=${encodeURIComponent(parent.key)}`}>{parent.name}</a>
            </dd>
          </>
        )}
        {formerNames.length > 0 && (
          <>
            <dt>{t("departments.before")}</dt>
            <dd>{list(formerNames)}</dd>
          </>
        )}
        {closedFrom && (
          <>
            <dt>{t("departments.closed")}</dt>
            <dd>
              {day(closedFrom, { year: true })}
              {mergedInto && `; ${t("departments.mergedInto", { name: mergedInto.name })}`}
            </dd>
          </>
        )}
      </dl>
      <p class="small mt">
        <a href={addressOf("/departments", { ...place, department: key })}>
          {t("departments.scores")}
        </a>
      </p>
    </>
  );
}
