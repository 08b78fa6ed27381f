import { useRead } from "~/api/useRead.ts";
import { Trouble } from "~/parts/Trouble.tsx";
import { number } from "~/words/format.ts";
import { t } from "~/words/words.ts";
import { ConflictCountDocument } from "./queries.generated.ts";

/** How many links wait for somebody to settle them. */
export function ToSettle() {
  const [{ data, fetching }, again] = useRead({ query: ConflictCountDocument, variables: {} });
  const count = data?.customerConflicts?.totalCount;
  if (count === undefined) {
    if (fetching) return null;
    return <Trouble what={t("customers.conflicts")} again={() => again()} />;
  }
  return (
    <section class="card" aria-label={t("customers.conflicts")}>
      <h2>{t("customers.conflicts")}</h2>
      <p class="lede">{t("customers.waiting", { count, shown: number(count) })}</p>
      {count > 0 && (
        <div class="acts">
          <a class="btn" href="/customers/conflicts">
            {t("customers.settleThem")}
          </a>
        </div>
      )}
    </section>
  );
}
