import { useState } from "preact/hooks";
import { Refusals } from "~/parts/Refusals.tsx";
import { useDeed } from "~/parts/useDeed.ts";
import { useHere } from "~/place/place.ts";
import { list, moment, number } from "~/words/format.ts";
import { t } from "~/words/words.ts";
import { EditSite } from "./EditSite.tsx";
import { inputOf } from "./inputOf.ts";
import {
  RotateSiteSecretDocument,
  type SiteShownFragment,
  UpdateSiteDocument,
} from "./queries.generated.ts";
import type { Told } from "./Secret.tsx";

interface Props {
  site: SiteShownFragment;
  again: () => void;
  tell: (told: Told) => void;
}

/** One site, and what may be done about it. */
export function SiteCard({ site, again, tell }: Props) {
  const { timeZone } = useHere();
  const [isEditing, setEditing] = useState(false);
  const rotate = useDeed(RotateSiteSecretDocument, (data) => data.rotateSiteSecret.userErrors);
  const update = useDeed(UpdateSiteDocument, (data) => data.updateSite.userErrors);
  const { key, name, paused, secrets } = site;
  const pause = async () => {
    const input = { key, site: { ...inputOf(site), paused: !paused } };
    if ((await update.perform({ input })) !== undefined) again();
  };
  const renew = async () => {
    const { rotateSiteSecret: made } = (await rotate.perform({ input: { key } })) ?? {};
    if (made?.site && made.secret) tell({ site: made.site, secret: made.secret });
  };
  return (
    <section class="card" aria-label={name}>
      <h2>
        {name} {paused && <span class="tag">{t("sites.paused")}</span>}
      </h2>
      <dl class="kv">
        <dt>{t("sites.key")}</dt>
        <dd>
          <code>{key}</code>
        </dd>
        <dt>{t("sites.origins")}</dt>
        <dd>{list([...site.origins])}</dd>
        <dt>{t("sites.departments")}</dt>
        <dd>{list([...site.departments])}</dd>
        <dt>{t("sites.rate")}</dt>
        <dd>{number(site.factsAMinute)}</dd>
        <dt>{t("sites.secret")}</dt>
        <dd>
          {t(secrets > 1 ? "sites.twoSecrets" : "sites.oneSecret", {
            when: moment(site.rotatedAt, timeZone),
          })}
        </dd>
      </dl>
      <Refusals of={[...rotate.refusals, ...update.refusals]} />
      {isEditing ? (
        <EditSite
          site={site}
          leave={() => setEditing(false)}
          done={() => {
            setEditing(false);
            again();
          }}
        />
      ) : (
        <div class="acts">
          <button class="btn" type="button" onClick={() => setEditing(true)}>
            {t("sites.change")} …
          </button>
          <button
            class="btn"
            type="button"
            aria-busy={rotate.isBusy || undefined}
            onClick={() => rotate.isBusy || renew()}
          >
            {t("sites.rotate")}
          </button>
          <button
            class="btn"
            type="button"
            aria-busy={update.isBusy || undefined}
            onClick={() => update.isBusy || pause()}
          >
            {t(paused ? "sites.resume" : "sites.pause")}
          </button>
        </div>
      )}
    </section>
  );
}
