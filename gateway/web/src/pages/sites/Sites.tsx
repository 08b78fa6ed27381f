import { useState } from "preact/hooks";
import { useRead } from "~/api/useRead.ts";
import { Skeleton } from "~/parts/Skeleton.tsx";
import { Trouble } from "~/parts/Trouble.tsx";
import { usePageTitle } from "~/shell/usePageTitle.ts";
import { t } from "~/words/words.ts";
import { EditSite } from "./EditSite.tsx";
import { SitesDocument } from "./queries.generated.ts";
import { Secret, type Told } from "./Secret.tsx";
import { SiteCard } from "./SiteCard.tsx";

/** Web pages that send what visitors do: listed, made, changed, paused; each secret is shown once. */
export default function Sites() {
  usePageTitle(t("sites.title"));
  const [{ data, fetching }, again] = useRead({
    query: SitesDocument,
    variables: {},
    requestPolicy: "network-only",
  });
  const [isMaking, setMaking] = useState(false);
  const [told, setTold] = useState<Told>();
  const read = () => again({ requestPolicy: "network-only" });
  const sites = data?.sites;
  const tell = (secret: Told) => {
    setTold(secret);
    setMaking(false);
    read();
  };
  return (
    <>
      <h1 class="verdict" tabIndex={-1}>
        {t("sites.title")}
      </h1>
      <p class="verdict-2">{t("sites.lede")}</p>
      <div class="stack">
        {told && <Secret told={told} leave={() => setTold(undefined)} />}
        <section class="card" aria-label={t("sites.make")}>
          {isMaking ? (
            <EditSite
              leave={() => setMaking(false)}
              done={(site, secret) => secret && tell({ site, secret })}
            />
          ) : (
            <button class="btn" type="button" onClick={() => setMaking(true)}>
              {t("sites.make")} …
            </button>
          )}
        </section>
        {sites?.map((site) => (
          <SiteCard key={site.key} site={site} again={read} tell={tell} />
        ))}
        {sites?.length === 0 && <p class="lede">{t("sites.none")}</p>}
        {sites == null &&
          (fetching ? <Skeleton lines={4} /> : <Trouble what={t("sites.title")} again={read} />)}
      </div>
    </>
  );
}
