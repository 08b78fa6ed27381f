import { Fragment } from "preact";
import { t } from "~/words/words.ts";
import { nameOf, SERVICES } from "./services.ts";
import type { Health } from "./useHealth.ts";

/** Each service, and whether it answers. */
export function Services({ health }: { health: Health | undefined }) {
  if (health === undefined || health === "silent") return null;
  return (
    <section class="card" aria-labelledby="h-services">
      <h2 id="h-services">{t("system.services")}</h2>
      <dl class="kv">
        {SERVICES.map((name) => (
          <Fragment key={name}>
            <dt>{nameOf(name)}</dt>
            <dd>
              {health.away.includes(name) ? (
                <span class="wrong">{t("system.silent")}</span>
              ) : (
                t("system.answers")
              )}
            </dd>
          </Fragment>
        ))}
      </dl>
    </section>
  );
}
