import { useEffect } from "preact/hooks";
import { useRead } from "~/api/useRead.ts";
import { BacklogDocument, type BacklogQuery } from "./queries.generated.ts";
import { EVERY_MS } from "./useHealth.ts";

export type Backlog = NonNullable<BacklogQuery["health"]>;

/** How far each service is and what it gave up, read again every 15 seconds. */
export function useBacklog(): { backlog?: Backlog; isRead: boolean; again: () => void } {
  const [{ data, error }, read] = useRead({ query: BacklogDocument });
  const again = () => read({ requestPolicy: "network-only" });
  useEffect(() => {
    const timer = setInterval(() => read({ requestPolicy: "network-only" }), EVERY_MS);
    return () => clearInterval(timer);
  }, [read]);
  return {
    ...(data?.health && { backlog: data.health }),
    isRead: data !== undefined || error !== undefined,
    again,
  };
}

/** How many messages services gave up, of those that answer. */
export function givenUp(backlog: Backlog): number {
  return backlog.reduce((sum, { deadLetterCount }) => sum + (deadLetterCount ?? 0), 0);
}
