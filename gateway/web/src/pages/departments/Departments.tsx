import { useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { useRead } from "~/api/useRead.ts";
import { PickDepartment } from "~/parts/PickDepartment.tsx";
import { usePageTitle } from "~/shell/usePageTitle.ts";
import { useViewer } from "~/shell/viewer.ts";
import { t } from "~/words/words.ts";
import { Chosen } from "./Chosen.tsx";
import { outermost } from "./outermost.ts";
import { TreeRootsDocument } from "./queries.generated.ts";
import { Tree } from "./Tree.tsx";

/** The departments as a tree, and the one that is chosen with what can be done to it. */
export default function Departments() {
  const { organization } = useViewer();
  const [{ data }] = useRead({ query: TreeRootsDocument });
  const roots = outermost(data?.viewer?.departments ?? []);
  const { query, route } = useLocation();
  const [changes, setChanges] = useState(0);
  const [above, setAbove] = useState<string[]>([]);
  usePageTitle(t("departments.title"));
  const chosen = query["department"] || roots[0]?.key;
  const choose = (key: string) => route(`/tree?department=${encodeURIComponent(key)}`);
  return (
    <>
      <h1 class="verdict" tabIndex={-1}>
        {t("departments.heading", { name: organization ?? t("departments.organisation") })}
      </h1>
      <p class="verdict-2">{t("departments.lede")}</p>
      <div class="halves">
        <section class="card" aria-labelledby="h-tree">
          <h2 id="h-tree">{t("departments.title")}</h2>
          <PickDepartment
            key={chosen}
            label={t("shell.findDepartment")}
            value={undefined}
            pick={(found) => found && choose(found.key)}
          />
          <Tree
            key={roots.map(({ key }) => key).join("\n")}
            roots={roots}
            chosen={chosen}
            above={above}
            changes={changes}
            choose={choose}
          />
        </section>
        {chosen !== undefined && (
          <Chosen
            key={chosen}
            of={chosen}
            tellAbove={setAbove}
            changed={() => setChanges((count) => count + 1)}
          />
        )}
      </div>
    </>
  );
}
