import type { ComponentType } from "preact";
import { useRead } from "~/api/useRead.ts";
import { Skeleton } from "~/parts/Skeleton.tsx";
import { Trouble } from "~/parts/Trouble.tsx";
import { addressOf, usePlace } from "~/place/place.ts";
import { t } from "~/words/words.ts";
import { ChangeDepartment } from "./ChangeDepartment.tsx";
import { ChoosePeriod } from "./ChoosePeriod.tsx";
import { NotFound } from "./NotFound.tsx";
import { PlaceNamesDocument } from "./queries.generated.ts";

/** Department and period, and the page that speaks of them. */
export function Where({ content: Content }: { content: ComponentType }) {
  const place = usePlace();
  const [{ data, error }, again] = useRead({
    query: PlaceNamesDocument,
    variables: { key: place.department },
  });
  if (data === undefined) {
    if (error === undefined) return <Skeleton />;
    return (
      <Trouble
        what={t("shell.department")}
        again={() => again({ requestPolicy: "network-only" })}
      />
    );
  }
  const { department } = data;
  if (department === null) return <NotFound />;
  const above = [...(department.ancestors ?? [])].reverse();
  return (
    <>
      <div class="where">
        <nav class="crumbs" aria-label={t("shell.department")}>
          {above.map(({ key, name }) => (
            <span key={key}>
              <a href={addressOf("/departments", { ...place, department: key })}>{name}</a>
              <span aria-hidden="true"> /</span>
            </span>
          ))}
          <b>{department.name}</b>
          <ChangeDepartment department={department} />
        </nav>
        <div class="tools" id="tools">
          <ChoosePeriod />
        </div>
      </div>
      <Content />
    </>
  );
}
