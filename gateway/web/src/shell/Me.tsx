import { useRead } from "~/api/useRead.ts";
import { addDays } from "~/place/days.ts";
import { day } from "~/words/format.ts";
import { t } from "~/words/words.ts";
import { ShellDocument } from "./queries.generated.ts";
import { usePageTitle } from "./usePageTitle.ts";
import { useViewer } from "./viewer.ts";

/** Who is signed in, and what the grants open. */
export default function Me() {
  const { name, departments } = useViewer();
  const [{ data }] = useRead({ query: ShellDocument });
  usePageTitle(t("shell.whatISee"));
  const called = new Map(departments.map(({ key, name }) => [key, name]));
  return (
    <>
      <h1 class="verdict" tabIndex={-1}>
        {name}
      </h1>
      <p class="verdict-2">{t("shell.seeSentence")}</p>
      <div class="card mt">
        <table class="tbl fold">
          <thead>
            <tr>
              <th scope="col">{t("shell.department")}</th>
              <th scope="col">{t("shell.role")}</th>
              <th scope="col">{t("shell.since")}</th>
              <th scope="col">{t("shell.until")}</th>
            </tr>
          </thead>
          <tbody>
            {data?.viewer?.grants.map(({ role, department, from, to }) => (
              <tr key={`${role} ${department}`}>
                <th scope="row">
                  {department === null ? t("shell.whole") : (called.get(department) ?? department)}
                </th>
                <td data-l={t("shell.role")}>{t(`shell.role_${role}`)}</td>
                <td data-l={t("shell.since")}>
                  {from === null ? t("people.ever") : day(from, { year: true })}
                </td>
                <td data-l={t("shell.until")}>
                  {to === null ? t("people.noEnd") : day(addDays(to, -1), { year: true })}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
