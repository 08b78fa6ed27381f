import { useHere } from "~/place/place.ts";
import { moment, number } from "~/words/format.ts";
import { t } from "~/words/words.ts";
import { nameOf } from "./services.ts";
import type { Backlog } from "./useBacklog.ts";

/** What the messages are that were given up: whose, of what, why and how many. */
export function Kinds({ of, count }: { of: Backlog; count: number }) {
  const { timeZone } = useHere();
  const rows = of.flatMap(({ service, deadLetters }) =>
    (deadLetters ?? []).map((kind) => ({ service, ...kind })),
  );
  return (
    <>
      <table class="tbl fold">
        <caption class="vh">{t("system.letters")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("system.message")}</th>
            <th scope="col">{t("system.reason")}</th>
            <th scope="col">{t("system.many")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ service, place, subject, error, count, lastAt }) => (
            <tr key={[place, subject, error].join(" ")}>
              <th scope="row">
                {nameOf(service)}
                <div class="small break" lang="en">
                  {subject}
                </div>
              </th>
              <td data-l={t("system.reason")}>
                <div>
                  <span lang="en">{error}</span>
                  <div class="small">{t("system.last", { at: moment(lastAt, timeZone) })}</div>
                </div>
              </td>
              <td data-l={t("system.many")}>{number(count)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {rows.reduce((sum, kind) => sum + kind.count, 0) < count && (
        <p class="small">{t("system.mostKinds")}</p>
      )}
    </>
  );
}
