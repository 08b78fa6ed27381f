import { number } from "~/words/format.ts";
import { t } from "~/words/words.ts";
import type { Run } from "./current.ts";

const IN_TABLE = 100;

/** Employees whose stints a file that replaces changes, or would: before and after; the first hundred. */
export function Differences({ run: { differences, isDry } }: { run: Run }) {
  if (differences.length === 0) return null;
  return (
    <section class="card" aria-labelledby="h-differences">
      <h2 id="h-differences">{t(isDry ? "imports.wouldDiffer" : "imports.differs")}</h2>
      <table class="tbl fold">
        <caption class="vh">{t("imports.differs")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("imports.employee")}</th>
            <th scope="col">{t("imports.before")}</th>
            <th scope="col">{t("imports.after")}</th>
          </tr>
        </thead>
        <tbody>
          {differences.slice(0, IN_TABLE).map(({ id, before, after }) => (
            <tr key={id}>
              <th scope="row">{id}</th>
              <td data-l={t("imports.before")}>
                <Stints stints={before} />
              </td>
              <td data-l={t("imports.after")}>
                <Stints stints={after} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {differences.length > IN_TABLE && (
        <p class="small muted">{t("imports.firstOfDiffering", { shown: number(IN_TABLE) })}</p>
      )}
    </section>
  );
}

function Stints({ stints }: { stints: readonly string[] }) {
  if (stints.length === 0) return <div>{t("imports.nothingThere")}</div>;
  return (
    <div lang="en">
      {stints.map((stint) => (
        <div key={stint}>{stint}</div>
      ))}
    </div>
  );
}
