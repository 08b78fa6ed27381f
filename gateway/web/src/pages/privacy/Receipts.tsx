import { useHere } from "~/place/place.ts";
import { moment, number } from "~/words/format.ts";
import { t } from "~/words/words.ts";
import type { ReceiptShownFragment } from "./queries.generated.ts";

interface Props {
  title: string;
  of: readonly ReceiptShownFragment[];
}

/** What services would erase, or erased, by table. */
export function Receipts({ title, of }: Props) {
  const { timeZone } = useHere();
  return (
    <>
      {of.map(({ service, at, digest, tables }) => (
        <div class="receipt" key={service}>
          <table class="tbl fold mt">
            <caption>
              {title}: {service}, {moment(at, timeZone)}
            </caption>
            <thead>
              <tr>
                <th scope="col">{t("privacy.table")}</th>
                <th scope="col">{t("privacy.erased")}</th>
                <th scope="col">{t("privacy.blanked")}</th>
                <th scope="col">{t("privacy.kept")}</th>
              </tr>
            </thead>
            <tbody>
              {tables.map(({ table, erased, blanked, kept, why }) => (
                <tr key={table}>
                  <th scope="row">{table}</th>
                  <td data-l={t("privacy.erased")}>{number(erased)}</td>
                  <td data-l={t("privacy.blanked")}>{number(blanked)}</td>
                  <td data-l={t("privacy.kept")}>
                    {number(kept)}
                    {why !== null && <span class="muted"> · {why}</span>}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          {digest !== null && (
            <p class="xs muted">
              {t("privacy.receipt")} <code>{digest}</code>
            </p>
          )}
        </div>
      ))}
    </>
  );
}
