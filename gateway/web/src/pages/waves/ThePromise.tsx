import { number } from "~/words/format.ts";
import { t } from "~/words/words.ts";

/** What everybody reads first, word for word. */
export function ThePromise({ k }: { k: number }) {
  return (
    <section class="card" aria-labelledby="h-promise">
      <h2 id="h-promise">{t("waves.promise")}</h2>
      <p class="quote">
        {t("waves.promiseGroups", { k: number(k) })} {t("waves.promiseName")}
      </p>
    </section>
  );
}
