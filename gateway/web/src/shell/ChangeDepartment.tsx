import { useLocation } from "preact-iso";
import { Drop } from "~/parts/Drop.tsx";
import { addressOf, usePlace } from "~/place/place.ts";
import { t } from "~/words/words.ts";
import { useGo } from "./ChoosePeriod.tsx";
import type { PlaceNamesQuery } from "./queries.generated.ts";
import { FindDepartment } from "./Search.tsx";

type Department = NonNullable<PlaceNamesQuery["department"]>;

/** Another department: what lies right below, or any that is found by its name. */
export function ChangeDepartment({ department }: { department: Department }) {
  const place = usePlace();
  const { path } = useLocation();
  const go = useGo();
  const page = path === "/" || path.startsWith("/departments/") ? "/departments" : path;
  const below = department.children?.edges ?? [];
  return (
    <Drop label={t("shell.change")} name={t("shell.changeDepartment")}>
      <FindDepartment label={t("shell.findDepartment")} page={page} />
      <hr />
      <ul>
        <li>
          <a href={addressOf(page, place)} aria-current="true">
            <bdi>{department.name}</bdi>
            {below.length > 0 && (
              <small>{t("shell.below", { count: department.children?.totalCount ?? 0 })}</small>
            )}
          </a>
        </li>
        {below.map(({ node }) => (
          <li key={node.key}>
            <a class="l1" href={addressOf(page, { ...place, department: node.key })}>
              <bdi>{node.name}</bdi>
              {(node.children?.totalCount ?? 0) > 0 && (
                <small>{t("shell.below", { count: node.children?.totalCount ?? 0 })}</small>
              )}
            </a>
          </li>
        ))}
      </ul>
      <hr />
      <label class="opt">
        <input
          type="checkbox"
          checked={place.includeSubtree}
          onChange={(event) => go({ includeSubtree: event.currentTarget.checked })}
        />
        {t("shell.withBelow")}
      </label>
    </Drop>
  );
}
