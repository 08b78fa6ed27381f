import { number } from "~/words/format.ts";
import { t } from "~/words/words.ts";

/** People in a group that sees answers to a single question, or comments. */
export const SMALLEST_SHARED = 10;
/** People in a group that sees a no-or-yes question. */
export const SMALLEST_SENSITIVE = 20;
/** Statements of a wave whose engagement is shown to a group below SMALLEST_SHARED. */
export const FEWEST_ITEMS = 3;

/** What everybody reads first, word for word. */
export function ThePromise({ k }: { k: number }) {
  return (
    <section class="card" aria-labelledby="h-promise">
      <h2 id="h-promise">{t("waves.promise")}</h2>
      <p class="quote">
        {t("waves.promiseGroups", { k: number(k) })} {t("waves.promiseName")}
      </p>
      {k < SMALLEST_SHARED && (
        <p class="small muted mt">
          {t("waves.promiseSizes", { k: number(k), few: number(SMALLEST_SHARED) })}
        </p>
      )}
    </section>
  );
}
