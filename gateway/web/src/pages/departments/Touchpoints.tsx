import { useState } from "preact/hooks";
import { useRead } from "~/api/useRead.ts";
import { Skeleton } from "~/parts/Skeleton.tsx";
import { stageName } from "~/parts/stages.ts";
import { Trouble } from "~/parts/Trouble.tsx";
import { t } from "~/words/words.ts";
import type { Department } from "./Chosen.tsx";
import { OwnTouchpointsDocument, type OwnTouchpointsQuery } from "./queries.generated.ts";
import { TouchpointForm } from "./TouchpointForm.tsx";

type Page = NonNullable<NonNullable<OwnTouchpointsQuery["department"]>["touchpoints"]>;
export type Touchpoint = Page["edges"][number]["node"];

interface Props {
  department: Department;
  done: (sentence: string) => void;
  /** Whether another form is open. */
  isOther: boolean;
}

/** Where customers meet a department: its touchpoints, and a form for one of them or a new one. */
export function Touchpoints({ department, done, isOther }: Props) {
  const [edited, setEdited] = useState<Touchpoint | "new">();
  const [reads, setReads] = useState(0);
  const finish = (sentence: string) => {
    setEdited(undefined);
    setReads(reads + 1);
    done(sentence);
  };
  return (
    <section class="card" aria-labelledby="h-touchpoints">
      <h2 id="h-touchpoints">{t("departments.touchpoints")}</h2>
      <TouchpointPages key={reads} of={department.key} edit={setEdited} />
      {edited !== undefined && !isOther ? (
        <TouchpointForm
          key={edited === "new" ? "" : edited.key}
          touchpoint={edited === "new" ? undefined : edited}
          owner={department}
          done={finish}
          leave={() => setEdited(undefined)}
        />
      ) : (
        department.closedFrom === null && (
          <div class="acts">
            <button class="btn" type="button" onClick={() => setEdited("new")}>
              {t("departments.addTouchpoint")}
            </button>
          </div>
        )
      )}
    </section>
  );
}

interface PagesProps {
  of: string;
  edit: (touchpoint: Touchpoint) => void;
  after?: string | null;
}

function TouchpointPages({ of, edit, after = null }: PagesProps) {
  const [isMore, setMore] = useState(false);
  const [{ data, error }, again] = useRead({
    query: OwnTouchpointsDocument,
    variables: { key: of, after },
  });
  const page = data?.department?.touchpoints;
  if (page == null) {
    if (error === undefined) return <Skeleton />;
    const read = () => again({ requestPolicy: "network-only" });
    return <Trouble what={t("departments.touchpoints")} again={read} />;
  }
  if (page.totalCount === 0) return <p class="lede">{t("departments.noTouchpoints")}</p>;
  return (
    <>
      <ul class="items">
        {page.edges.map(({ node }) => (
          <li key={node.key}>
            <div>
              <h3>{node.name}</h3>
              <p>
                {[node.stage && stageName(node.stage), node.channel, node.key]
                  .filter(Boolean)
                  .join(" · ")}
              </p>
            </div>
            <button
              class="btn"
              type="button"
              aria-label={t("departments.changeNamed", { name: node.name })}
              onClick={() => edit(node)}
            >
              {t("departments.change")}
            </button>
          </li>
        ))}
      </ul>
      {page.pageInfo.hasNextPage &&
        (isMore ? (
          <TouchpointPages of={of} edit={edit} after={page.pageInfo.endCursor} />
        ) : (
          <button class="btn" type="button" onClick={() => setMore(true)}>
            {t("parts.more")}
          </button>
        ))}
    </>
  );
}
