import { useRead } from "~/api/useRead.ts";
import { Skeleton } from "~/parts/Skeleton.tsx";
import { Trouble } from "~/parts/Trouble.tsx";
import { list, number } from "~/words/format.ts";
import { rich, t } from "~/words/words.ts";
import { WavePreviewDocument, type WaveWholeFragment } from "./queries.generated.ts";
import { FEWEST_ITEMS, SMALLEST_SENSITIVE, SMALLEST_SHARED } from "./ThePromise.tsx";

/** Who would be asked today, and what could be shown. */
export function Preview({ wave }: { wave: WaveWholeFragment }) {
  const [{ data, fetching }, again] = useRead({
    query: WavePreviewDocument,
    variables: { key: wave.key },
    requestPolicy: "network-only",
  });
  const preview = data?.wave?.preview;
  return (
    <section class="card" aria-labelledby="h-preview">
      <h2 id="h-preview">{t("waves.preview")}</h2>
      {preview == null ? (
        fetching ? (
          <Skeleton />
        ) : (
          <Trouble
            what={t("waves.preview")}
            again={() => again({ requestPolicy: "network-only" })}
          />
        )
      ) : (
        <>
          <p class="quote">
            {rich("waves.wouldSee", {
              shown: number(preview.shown),
              all: number(preview.departments),
            })}{" "}
            {preview.shown < preview.departments &&
              t("waves.countedAbove", { count: number(preview.departments - preview.shown) })}
          </p>
          {wave.k < SMALLEST_SHARED && (
            <p class="mt">
              {t("waves.sizesOfNumbers", {
                few: number(SMALLEST_SHARED),
                items: number(FEWEST_ITEMS),
                sensitive: number(SMALLEST_SENSITIVE),
              })}
            </p>
          )}
          <p class="mt">
            {t("waves.people", {
              people: number(preview.people),
              reachable: number(preview.reachable),
            })}
          </p>
          {preview.dimensions.length > 0 && (
            <ul class="items">
              {preview.dimensions.map(({ name, categories, cuts, cutsIfGiven, unknown }) => (
                <li key={name}>
                  <div>
                    <h3>
                      <bdi>{name}</bdi>
                    </h3>
                    {unknown ? (
                      <p>{t("waves.nobodyHas")}</p>
                    ) : (
                      <p>
                        {t("waves.cutOf", { categories: number(categories), cuts: number(cuts) })}{" "}
                        {cutsIfGiven > cuts
                          ? t("waves.someNotGiven", { cuts: number(cutsIfGiven) })
                          : cuts === 0 && t("waves.tooFine")}
                      </p>
                    )}
                  </div>
                </li>
              ))}
            </ul>
          )}
          <p class="small muted mt">
            {t("waves.otherKs", {
              found: list(
                preview.withOtherK.map(({ k, shown }) =>
                  t("waves.otherK", { k: number(k), shown: number(shown) }),
                ),
              ),
            })}
          </p>
        </>
      )}
    </section>
  );
}
