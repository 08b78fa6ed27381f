import { useEffect } from "preact/hooks";
import { useRead } from "~/api/useRead.ts";
import { Trouble } from "~/parts/Trouble.tsx";
import { day } from "~/words/format.ts";
import { t } from "~/words/words.ts";
import { BranchDocument } from "./queries.generated.ts";
import { useTree } from "./Tree.tsx";

interface Item {
  key: string;
  name: string;
  closedFrom: string | null;
  hasChildren: boolean;
}

/** Departments of one level, each with what hangs under it where it is open. */
export function Branches({ items, level }: { items: Item[]; level: number }) {
  return (
    <>
      {items.map((item) => (
        <Branch key={item.key} item={item} level={level} />
      ))}
    </>
  );
}

function Branch({ item, level }: { item: Item; level: number }) {
  const { opened, chosen, active, choose, setActive, toggle } = useTree();
  const isOpen = item.hasChildren && opened.has(item.key);
  const closed =
    item.closedFrom && t("departments.closedFrom", { day: day(item.closedFrom, { year: true }) });
  return (
    <>
      <div
        role="treeitem"
        class="leaf"
        aria-level={level}
        aria-expanded={item.hasChildren ? isOpen : undefined}
        aria-selected={item.key === chosen}
        data-key={item.key}
        tabIndex={item.key === active ? 0 : -1}
        onFocus={() => setActive(item.key)}
      >
        {/* biome-ignore lint/a11y/noStaticElementInteractions: keys are those of the tree around it */}
        {/* biome-ignore lint/a11y/useKeyWithClickEvents: as above */}
        <span
          class={item.hasChildren ? "twist can" : "twist"}
          onClick={() => item.hasChildren && toggle(item.key, !isOpen)}
        />
        {/* biome-ignore lint/a11y/noStaticElementInteractions: the tree item is what is pressed */}
        {/* biome-ignore lint/a11y/useKeyWithClickEvents: keys are those of the tree around it */}
        <span class="leaf-name" onClick={() => choose(item.key)}>
          <bdi>{item.name}</bdi> {closed && <small class="muted">{closed}</small>}
        </span>
      </div>
      {isOpen && (
        // biome-ignore lint/a11y/useSemanticElements: a group of a tree is no fieldset
        <div role="group">
          <Below of={item.key} level={level + 1} />
        </div>
      )}
    </>
  );
}

/** What hangs right under a department, a hundred at a time, all of it. */
function Below({ of, level, after = null }: { of: string; level: number; after?: string | null }) {
  const { changes } = useTree();
  const [{ data, error }, again] = useRead({
    query: BranchDocument,
    variables: { key: of, after },
  });
  const read = () => again({ requestPolicy: "network-only" });
  // biome-ignore lint/correctness/useExhaustiveDependencies: read again for each change, and not for itself
  useEffect(() => {
    if (changes > 0) read();
  }, [changes]);
  const children = data?.department?.children;
  if (children == null) {
    if (error === undefined) return null;
    return (
      <div role="none">
        <Trouble what={t("departments.title")} again={read} />
      </div>
    );
  }
  const items = children.edges.map(({ node }) => ({
    ...node,
    hasChildren: (node.children?.totalCount ?? 0) > 0,
  }));
  const { hasNextPage, endCursor } = children.pageInfo;
  return (
    <>
      <Branches items={items} level={level} />
      {hasNextPage && <Below of={of} level={level} after={endCursor} />}
    </>
  );
}
