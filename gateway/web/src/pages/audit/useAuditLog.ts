import { useClient } from "@urql/preact";
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import type { Looked } from "./Audit.tsx";
import { AuditLogDocument, type AuditLogQuery } from "./queries.generated.ts";

type Page = NonNullable<AuditLogQuery["auditLog"]>;
export type Entry = Page["entries"][number];

interface Read {
  entries: Entry[];
  missing: string[];
  after: string | null;
  isReading: boolean;
  isFailed: boolean;
}

const NOTHING: Read = { entries: [], missing: [], after: null, isReading: true, isFailed: false };

/** The log, page after page; another search starts anew. `older` is absent on the last page. */
export function useAuditLog(looked: Looked) {
  const client = useClient();
  const [read, setRead] = useState(NOTHING);
  const turn = useRef(0);
  const ask = useCallback(
    async (after: string | null) => {
      turn.current += 1;
      const mine = turn.current;
      setRead((before) => ({
        ...(after === null ? NOTHING : before),
        isReading: true,
        isFailed: false,
      }));
      const { subject, about, deed } = looked;
      const filter = {
        subject: subject || null,
        about: about || null,
        deeds: deed ? [deed] : null,
      };
      const variables = { after, filter };
      const { data } = await client
        .query(AuditLogDocument, variables, { requestPolicy: "network-only" })
        .toPromise();
      if (mine !== turn.current) return;
      setRead((before) => joined(before, data?.auditLog));
    },
    [client, looked],
  );
  useEffect(() => {
    ask(null);
  }, [ask]);
  const { entries, missing, after, isReading, isFailed } = read;
  const older = after === null ? undefined : () => ask(after);
  return { entries, missing, isReading, isFailed, older, again: () => ask(null) };
}

function joined(before: Read, page: Page | null | undefined): Read {
  if (!page) return { ...before, isReading: false, isFailed: true };
  return {
    entries: [...before.entries, ...page.entries],
    missing: page.missing,
    after: page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null,
    isReading: false,
    isFailed: false,
  };
}
