import { number } from "~/words/format.ts";
import { rich, t } from "~/words/words.ts";
import type { WaveWholeFragment } from "./queries.generated.ts";

/** What is known of a wave that takes answers: links, all together. */
export function Running({ wave }: { wave: WaveWholeFragment }) {
  const { invited, linksSent, linksSpent } = wave;
  return (
    <section class="card" aria-labelledby="h-running">
      <h2 id="h-running">{t("waves.running")}</h2>
      {linksSpent === null ? (
        <p class="few">{t("waves.notYetSpent")}</p>
      ) : (
        <>
          <p class="quote">
            {rich("waves.spentOf", { spent: number(linksSpent), sent: number(linksSent ?? 0) })}
          </p>
          <p class="small">{t("waves.spentIs")}</p>
        </>
      )}
      <p class="small muted mt">
        {t("waves.sentOf", { sent: number(linksSent ?? 0), invited: number(invited ?? 0) })}{" "}
        {t("waves.closingIsFinal")}
      </p>
    </section>
  );
}
