import { useRead } from "~/api/useRead.ts";
import { useLater } from "~/parts/useFindDepartments.ts";
import { CoveringDepartmentsDocument } from "./queries.generated.ts";

const PAUSE_MS = 200;

/** Keys of the departments that have a word in name or key, and of all above them. */
export function useCovering(word: string): ReadonlySet<string> {
  const search = useLater(word.trim(), PAUSE_MS);
  const [{ data }] = useRead({
    query: CoveringDepartmentsDocument,
    variables: { search },
    pause: search === "",
  });
  if (search === "") return new Set();
  const found = data?.departments?.edges ?? [];
  return new Set(
    found.flatMap(({ node }) => [node.key, ...(node.ancestors ?? []).map(({ key }) => key)]),
  );
}
