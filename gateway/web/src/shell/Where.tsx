import type { ComponentType } from "preact";
import { useRead } from "~/api/useRead.ts";
import { Trouble } from "~/parts/Trouble.tsx";
import { addressOf, usePlace } from "~/place/place.ts";
import { t } from "~/words/words.ts";
import { ChangeDepartment } from "./ChangeDepartment.tsx";
import { ChoosePeriod } from "./ChoosePeriod.tsx";
import { NotFound } from "./NotFound.tsx";
import { PlaceNamesDocument } from "./queries.generated.ts";

interface Props {
  content: ComponentType;
  /** Whether a period is chosen here; a page by wave puts its own choice in that place. */
  hasPeriod: boolean;
}

/** Department and period, and the page that speaks of them. */
export function Where({ content: Content, hasPeriod }: Props) {
  const place = usePlace();
  const [{ data, error }, again] = useRead({
    query: PlaceNamesDocument,
    variables: { key: place.department },
  });
  if (data === undefined && error !== undefined) {
    return (
      <Trouble
        what={t("shell.department")}
        again={() => again({ requestPolicy: "network-only" })}
      />
    );
  }
  if (data?.department === null) return <NotFound />;
  const department = data?.department;
  const above = [...(department?.ancestors ?? [])].reverse();
  // The page is read while the names are: it does not wait for them.
  return (
    <>
      <div class="where">
        <nav class="crumbs" aria-label={t("shell.department")} aria-busy={department === undefined}>
          {above.map(({ key, name }) => (
            <span key={key}>
              <a href={addressOf("/departments", { ...place, department: key })}>{name}</a>
              <span aria-hidden="true"> /</span>
            </span>
          ))}
          {department && (
            <>
              <b>{department.name}</b>
              <ChangeDepartment department={department} />
            </>
          )}
        </nav>
        <div class="tools" id="tools">
          {hasPeriod && <ChoosePeriod />}
        </div>
      </div>
      <Content key={place.department} />
    </>
  );
}
