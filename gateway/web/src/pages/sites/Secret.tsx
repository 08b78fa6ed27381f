import { useEffect, useRef } from "preact/hooks";
import { t } from "~/words/words.ts";
import type { SiteShownFragment } from "./queries.generated.ts";

/** A secret that was just made. */
export interface Told {
  site: SiteShownFragment;
  secret: string;
}

/** The secret of a site: this once. */
export function Secret({ told: { site, secret }, leave }: { told: Told; leave: () => void }) {
  const heading = useRef<HTMLHeadingElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another secret takes the focus again
  useEffect(() => heading.current?.focus(), [secret]);
  return (
    <section class="card" aria-label={t("sites.secret")}>
      <h2 tabIndex={-1} ref={heading}>
        {t("sites.secretOf", { name: site.name })}
      </h2>
      <p>{t("sites.secretOnce")}</p>
      <p class="rule">
        <code>{secret}</code>
      </p>
      <div class="acts">
        <button class="btn" type="button" onClick={leave}>
          {t("sites.secretKept")}
        </button>
      </div>
    </section>
  );
}
