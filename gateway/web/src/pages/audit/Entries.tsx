import { ROLES } from "~/pages/pages.ts";
import { useHere } from "~/place/place.ts";
import { moment } from "~/words/format.ts";
import { t } from "~/words/words.ts";
import { wordsOf } from "./deeds.ts";
import type { Entry } from "./useAuditLog.ts";

/** Entries of the log as a table. */
export function Entries({ of }: { of: readonly Entry[] }) {
  const { timeZone } = useHere();
  if (of.length === 0) return null;
  return (
    <table class="tbl fold">
      <caption class="vh">{t("audit.title")}</caption>
      <thead>
        <tr>
          {(["when", "who", "did", "about", "by"] as const).map((name) => (
            <th scope="col" key={name}>
              {t(`audit.${name}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {of.map((entry) => (
          <tr key={entry.id}>
            <th scope="row">{moment(entry.at, timeZone)}</th>
            <td data-l={t("audit.who")}>
              {entry.subject === "anonymous" ? t("audit.anonymous") : entry.subject}
            </td>
            <td data-l={t("audit.did")}>{wordsOf(entry.deed)}</td>
            <td data-l={t("audit.about")}>{aboutOf(entry)}</td>
            <td data-l={t("audit.by")}>
              <div>{rightOf(entry)}</div>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Keys, for they can be read; ids where there are none. */
function aboutOf({ keys, ids }: Entry): string {
  const named = keys.filter((key) => key !== "");
  return (named.length > 0 ? named : ids).join(", ");
}

function rightOf({ role, department }: Entry): string {
  if (role === null) return "";
  const known = ROLES.find((name) => name === role.toUpperCase());
  const words = { role: known === undefined ? role : t(`shell.role_${known}`) };
  return department === null
    ? t("audit.byWhole", words)
    : t("audit.byPart", { ...words, department });
}
