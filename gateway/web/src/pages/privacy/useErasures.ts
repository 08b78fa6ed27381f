import { useClient } from "@urql/preact";
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import type { ErasureState } from "~/api/types.generated.ts";
import { ErasuresDocument, type ErasuresQuery } from "./queries.generated.ts";

type Page = NonNullable<ErasuresQuery["privacyRequests"]>;
export type Request = Page["requests"][number];

interface Read {
  requests: Request[];
  total: number | undefined;
  /** How many pages are shown. */
  pages: number;
  hasMore: boolean;
  isReading: boolean;
  isFailed: boolean;
}

const NOTHING: Read = {
  requests: [],
  total: undefined,
  pages: 1,
  hasMore: false,
  isReading: true,
  isFailed: false,
};
const MOVING: ReadonlySet<ErasureState> = new Set(["REQUESTED", "APPROVED", "RUNNING"]);
const LOOKED_AT_EVERY_MS = 2_000;

/** The newest requests in a state; read again while something happens to one of them. */
export function useErasures(state: ErasureState | null) {
  const client = useClient();
  const [read, setRead] = useState(NOTHING);
  const turn = useRef(0);
  const ask = useCallback(
    async (pages: number) => {
      turn.current += 1;
      const mine = turn.current;
      setRead((before) => ({ ...before, pages, isReading: true }));
      const requests: Request[] = [];
      let page: Page | undefined;
      for (let at = 0; at < pages && (page === undefined || page.pageInfo.hasNextPage); at += 1) {
        const after = page?.pageInfo.endCursor ?? null;
        const { data } = await client
          .query(ErasuresDocument, { state, after }, { requestPolicy: "network-only" })
          .toPromise();
        if (mine !== turn.current) return;
        if (data?.privacyRequests == null) {
          setRead((before) => ({ ...before, isReading: false, isFailed: true }));
          return;
        }
        page = data.privacyRequests;
        requests.push(...page.requests);
      }
      setRead({
        requests,
        total: page?.totalCount,
        pages,
        hasMore: page?.pageInfo.hasNextPage ?? false,
        isReading: false,
        isFailed: false,
      });
    },
    [client, state],
  );
  useEffect(() => {
    setRead(NOTHING);
    ask(1);
  }, [ask]);
  const { requests, total, pages, hasMore, isReading, isFailed } = read;
  const isMoving = requests.some((request) => MOVING.has(request.state));
  useEffect(() => {
    if (!isMoving || isReading) return;
    const timer = setTimeout(() => ask(pages), LOOKED_AT_EVERY_MS);
    return () => clearTimeout(timer);
  }, [ask, pages, isMoving, isReading]);
  const more = hasMore ? () => ask(pages + 1) : undefined;
  return { requests, total, isReading, isFailed, more, again: () => ask(pages) };
}
