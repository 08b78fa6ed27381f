import type { Client } from "@urql/core";
import { allPages } from "~/api/allPages.ts";
import { useAll } from "~/api/useAll.ts";
import { GrantsDocument, UsersDocument } from "./queries.generated.ts";
import type { Right, User } from "./rights.ts";

interface Read {
  rights: Right[];
  /** Undefined where it could not be read. */
  users: ReadonlyMap<string, User> | undefined;
}

/** All rights and what is known of those who have them; `undefined` until they are read, "failed" where they cannot be. */
export function useRights() {
  const { all, again } = useAll(readRights);
  return { read: all, again };
}

const FRESH = { requestPolicy: "network-only" } as const;

async function readRights(client: Client): Promise<Read | undefined> {
  const [rights, users] = await Promise.all([
    allPages(async (after) => {
      const { data } = await client.query(GrantsDocument, { after }, FRESH).toPromise();
      return data?.grants;
    }),
    allPages(async (after) => {
      const { data } = await client.query(UsersDocument, { after }, FRESH).toPromise();
      return data?.users;
    }),
  ]);
  return rights && { rights, users: users && new Map(users.map((user) => [user.subject, user])) };
}
