import { fromTo, written } from "~/parts/score/units.ts";
import { addressOf, usePlace } from "~/place/place.ts";
import { number } from "~/words/format.ts";
import { t } from "~/words/words.ts";
import type { RetentionQuery } from "./queries.generated.ts";

type Card = NonNullable<NonNullable<RetentionQuery["department"]>["scorecard"]>;
type Group = NonNullable<NonNullable<Card["retentionRate"]>["breakdown"]>[number];

/** The departments right below, each with the union of its own customers: no sum of them. */
export function ByDepartment({ groups }: { groups: readonly Group[] }) {
  const place = usePlace();
  return (
    <section class="card mt" aria-labelledby="h-by-department">
      <h2 id="h-by-department">{t("retention.byDepartment")}</h2>
      <p class="small muted">{t("retention.notAdded")}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways is reached by keys */}
      <div class="scroll" tabIndex={0}>
        <table class="tbl">
          <thead>
            <tr>
              <th scope="col">{t("retention.department")}</th>
              <th scope="col">{t("retention.share")}</th>
              <th scope="col">{t("retention.range")}</th>
              <th scope="col">{t("retention.before")}</th>
            </tr>
          </thead>
          <tbody>
            {groups.map(({ key, label, score }) => (
              <tr key={key}>
                <th scope="row">
                  {key === null ? (
                    label || t("retention.here")
                  ) : (
                    <a href={addressOf("/retention", { ...place, department: key })}>{label}</a>
                  )}
                </th>
                <td>{score.value === null ? t("retention.few") : written("SHARE", score.value)}</td>
                <td>{score.interval === null ? "" : fromTo("SHARE", score.interval)}</td>
                <td>{number(score.base ?? 0)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
