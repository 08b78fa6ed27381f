import { useEffect, useRef, useState } from "preact/hooks";
import { useRead } from "~/api/useRead.ts";
import { FindDepartmentsDocument, type FindDepartmentsQuery } from "./departments.generated.ts";

const PAUSE_MS = 200;

type Found = NonNullable<FindDepartmentsQuery["departments"]>["edges"][number]["node"];

interface Finding {
  /** What was found; of what was written before until more is known: whoever stands on it keeps the focus. */
  found: readonly Found[];
  state: "idle" | "finding" | "found" | "failed";
  again: () => void;
}

/** Departments whose name or key has what is written, once one pauses in writing. */
export function useFindDepartments(written: string): Finding {
  const search = useLater(written.trim(), PAUSE_MS);
  const [{ data, fetching }, read] = useRead({
    query: FindDepartmentsDocument,
    variables: { search },
    pause: search === "",
  });
  const known = useRef<readonly Found[]>([]);
  const edges = data?.departments?.edges;
  if (edges !== undefined) known.current = edges.map(({ node }) => node);
  const again = () => read({ requestPolicy: "network-only" });
  if (search === "") return { found: [], state: "idle", again };
  if (edges !== undefined) return { found: known.current, state: "found", again };
  if (fetching) return { found: known.current, state: "finding", again };
  return { found: [], state: "failed", again };
}

/** The last value that stood for so long. */
export function useLater<T>(value: T, pauseMs: number): T {
  const [later, setLater] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setLater(value), pauseMs);
    return () => clearTimeout(timer);
  }, [value, pauseMs]);
  return later;
}
