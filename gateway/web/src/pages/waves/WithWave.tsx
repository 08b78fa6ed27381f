import type { ComponentChildren } from "preact";
import { useRoute } from "preact-iso";
import { useRead } from "~/api/useRead.ts";
import { Skeleton } from "~/parts/Skeleton.tsx";
import { Trouble } from "~/parts/Trouble.tsx";
import { NotFound } from "~/shell/NotFound.tsx";
import { t } from "~/words/words.ts";
import { WaveDocument, type WaveWholeFragment } from "./queries.generated.ts";

/** The wave of the address. */
export function WithWave({ show }: { show: (wave: WaveWholeFragment) => ComponentChildren }) {
  const { key = "" } = useRoute().params;
  const [{ data, error, fetching }, again] = useRead({
    query: WaveDocument,
    variables: { key },
    requestPolicy: "network-only",
  });
  if (data?.wave != null) return <>{show(data.wave)}</>;
  if (fetching) {
    return (
      <>
        <h1 class="verdict" tabIndex={-1}>
          {t("waves.wave")}
        </h1>
        <Skeleton lines={6} />
      </>
    );
  }
  if (error === undefined) return <NotFound />;
  return (
    <>
      <h1 class="verdict" tabIndex={-1}>
        {t("waves.wave")}
      </h1>
      <Trouble what={t("waves.theWave")} again={() => again({ requestPolicy: "network-only" })} />
    </>
  );
}
