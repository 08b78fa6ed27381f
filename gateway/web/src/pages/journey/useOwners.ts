import { useQuery } from "@urql/preact";
import { useMemo } from "preact/hooks";
import { OwnersDocument } from "./queries.generated.ts";

/** Names of the departments that own touchpoints today, by the touchpoint's key, as far as the viewer sees them. */
export function useOwners(): ReadonlyMap<string, string> {
  const [{ data }] = useQuery({ query: OwnersDocument });
  return useMemo(
    () =>
      new Map(
        (data?.departments?.edges ?? []).flatMap(({ node: { name, touchpoints } }) =>
          (touchpoints?.edges ?? []).map(({ node }) => [node.key, name] as const),
        ),
      ),
    [data],
  );
}
