import { Fragment } from "preact";
import { duration, number } from "~/words/format.ts";
import { t } from "~/words/words.ts";
import { nameOf, SERVICES } from "./services.ts";
import type { Backlog } from "./useBacklog.ts";
import type { Health } from "./useHealth.ts";

/** Each service, whether it answers, and how far it is. */
export function Services({
  health,
  backlog,
}: {
  health: Health | undefined;
  backlog: Backlog | undefined;
}) {
  if (health === undefined || health === "silent") return null;
  return (
    <section class="card" aria-labelledby="h-services">
      <h2 id="h-services">{t("system.services")}</h2>
      <dl class="kv">
        {SERVICES.map((name) => {
          const told = backlog?.find(({ service }) => service.toLowerCase() === name);
          const isSilent = health.away.includes(name) || told?.isAnswering === false;
          return (
            <Fragment key={name}>
              <dt>{nameOf(name)}</dt>
              <dd>
                <span class={isSilent ? "wrong" : undefined}>
                  {t(isSilent ? "system.silent" : "system.answers")}
                </span>
                {told && <Waiting of={told} />}
              </dd>
            </Fragment>
          );
        })}
      </dl>
    </section>
  );
}

function Waiting({ of }: { of: Backlog[number] }) {
  const { unapplied, unappliedSeconds, unpublished, stuckSeconds } = of;
  const said = [
    unapplied === null && t("system.waitUnknown"),
    unapplied &&
      t("system.waits", { count: number(unapplied), time: duration(unappliedSeconds ?? 0) }),
    unpublished && t("system.unsent", { count: number(unpublished) }),
    stuckSeconds && t("system.stuck", { time: duration(stuckSeconds) }),
  ].filter((sentence) => typeof sentence === "string");
  if (said.length === 0 && of.isAnswering) said.push(t("system.nothingWaits"));
  return <div class="small">{said.join(" ")}</div>;
}
