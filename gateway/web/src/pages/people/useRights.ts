import type { Client } from "@urql/core";
import { useClient } from "@urql/preact";
import { useCallback, useEffect, useState } from "preact/hooks";
import { GrantsDocument, UsersDocument } from "./queries.generated.ts";
import type { Right, User } from "./rights.ts";

interface Read {
  rights: Right[];
  users: ReadonlyMap<string, User>;
}

/** All rights and what is known of those who have them; `undefined` until they are read, "failed" where they cannot be. */
export function useRights() {
  const client = useClient();
  const [read, setRead] = useState<Read | "failed">();
  const again = useCallback(async () => {
    const [rights, users] = await Promise.all([allRights(client), allUsers(client)]);
    if (rights === undefined) return setRead("failed");
    setRead({ rights, users: new Map((users ?? []).map((user) => [user.subject, user])) });
  }, [client]);
  useEffect(() => {
    again();
  }, [again]);
  return { read, again };
}

async function allRights(client: Client): Promise<Right[] | undefined> {
  const found: Right[] = [];
  for (let after: string | null = null; ; ) {
    const { data } = await client
      .query(GrantsDocument, { after }, { requestPolicy: "network-only" })
      .toPromise();
    if (!data?.grants) return undefined;
    found.push(...data.grants.edges.map(({ node }) => node));
    if (!data.grants.pageInfo.hasNextPage) return found;
    after = data.grants.pageInfo.endCursor;
  }
}

async function allUsers(client: Client): Promise<User[] | undefined> {
  const found: User[] = [];
  for (let after: string | null = null; ; ) {
    const { data } = await client
      .query(UsersDocument, { after }, { requestPolicy: "network-only" })
      .toPromise();
    if (!data?.users) return undefined;
    found.push(...data.users.edges.map(({ node }) => node));
    if (!data.users.pageInfo.hasNextPage) return found;
    after = data.users.pageInfo.endCursor;
  }
}
