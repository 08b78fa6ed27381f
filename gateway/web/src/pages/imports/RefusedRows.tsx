import { csvOf } from "~/parts/csv.ts";
import { saveText } from "~/parts/save.ts";
import { number } from "~/words/format.ts";
import { t } from "~/words/words.ts";
import { MOST_SHOWN, type Run } from "./current.ts";
import type { Refused } from "./door.ts";

const IN_TABLE = 100;

/** Refused rows: which, where and why; the first hundred here, all that are known in a file. */
export function RefusedRows({ run: { refused, counts, isDry } }: { run: Run }) {
  const count = counts?.refused ?? refused.length;
  if (count === 0) {
    return <p class="card">{t(isDry ? "imports.noneRefusedYet" : "imports.noneRefused")}</p>;
  }
  const title = isDry ? "imports.wouldBeRefused" : "imports.areRefused";
  return (
    <section class="card" aria-labelledby="h-refused">
      <h2 id="h-refused">{t(title, { count, shown: number(count) })}</h2>
      <table class="tbl fold">
        <caption class="vh">{t("imports.refused")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("imports.row")}</th>
            <th scope="col">{t("imports.column")}</th>
            <th scope="col">{t("imports.why")}</th>
          </tr>
        </thead>
        <tbody>
          {refused.slice(0, IN_TABLE).map(({ row, column, message }, at) => (
            <tr key={at}>
              <th scope="row">{number(row)}</th>
              <td data-l={t("imports.column")}>
                <div>{column}</div>
              </td>
              <td data-l={t("imports.why")}>
                <div lang="en">{message}</div>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {refused.length > IN_TABLE && (
        <p class="small muted">{t("imports.firstOf", { shown: number(IN_TABLE) })}</p>
      )}
      <p class="chart-f">
        <span>{t("imports.asSpreadsheet")}</span>
        <button class="btn" type="button" onClick={() => saveText("refused.csv", tableOf(refused))}>
          {t("imports.download")}
        </button>
      </p>
      {count > MOST_SHOWN && (
        <p class="small muted">{t("imports.firstInFile", { shown: number(MOST_SHOWN) })}</p>
      )}
    </section>
  );
}

function tableOf(refused: readonly Refused[]): string {
  const rows = refused.map(({ row, column, reason, message }) => [row, column, reason, message]);
  return csvOf([["row", "column", "reason", "message"], ...rows]);
}
