import { createContext } from "preact";
import { useContext, useEffect, useRef, useState } from "preact/hooks";
import { Branches } from "./Branches.tsx";
import { goTo } from "./treeKeys.ts";

interface Props {
  roots: { key: string; name: string }[];
  chosen: string | undefined;
  /** Keys above the chosen one: they are opened. */
  above: string[];
  /** How often something was changed: what is shown is read again. */
  changes: number;
  choose: (key: string) => void;
}

interface TreeState {
  opened: ReadonlySet<string>;
  chosen: string | undefined;
  /** The one item that the Tab key reaches. */
  active: string | undefined;
  changes: number;
  choose: (key: string) => void;
  setActive: (key: string) => void;
  toggle: (key: string, isOpen: boolean) => void;
}

const TreeContext = createContext<TreeState | undefined>(undefined);

export function useTree(): TreeState {
  const state = useContext(TreeContext);
  if (state === undefined) throw new Error("outside of a tree");
  return state;
}

/** A tree as WAI-ARIA has it: one tab stop, arrows move, open and close, Enter chooses. */
export function Tree({ roots, chosen, above, changes, choose }: Props) {
  const list = useRef<HTMLDivElement>(null);
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set(roots.map(({ key }) => key)));
  const [active, setActive] = useState(chosen);
  const line = above.join("\n");
  useEffect(() => {
    if (line !== "") setOpened((before) => new Set([...before, ...line.split("\n")]));
  }, [line]);
  useEffect(() => setActive(chosen), [chosen]);
  const toggle = (key: string, isOpen: boolean) =>
    setOpened((before) => {
      const after = new Set(before);
      if (isOpen) after.add(key);
      else after.delete(key);
      return after;
    });
  const state = { opened, chosen, active, changes, choose, setActive, toggle };
  return (
    <TreeContext.Provider value={state}>
      <div
        class="tree"
        role="tree"
        aria-labelledby="h-tree"
        ref={list}
        onKeyDown={(event) => goTo(event, list.current, { toggle, choose })}
      >
        <Branches
          level={1}
          items={roots.map((root) => ({ ...root, closedFrom: null, hasChildren: true }))}
        />
      </div>
    </TreeContext.Provider>
  );
}
