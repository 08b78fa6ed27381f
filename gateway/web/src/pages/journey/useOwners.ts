import type { Client } from "@urql/core";
import { useMemo } from "preact/hooks";
import { allPages } from "~/api/allPages.ts";
import { useAll } from "~/api/useAll.ts";
import { OwnersDocument, OwnTouchpointKeysDocument } from "./queries.generated.ts";

/** Names of the departments that own touchpoints today, by the touchpoint's key, as far as the viewer sees them. */
export function useOwners(): ReadonlyMap<string, string> {
  const { all } = useAll(readOwners);
  return useMemo(() => new Map(all === "failed" ? [] : all), [all]);
}

/** Touchpoint and owner, of all departments. */
async function readOwners(client: Client): Promise<(readonly [string, string])[] | undefined> {
  const departments = await allPages(async (after) => {
    const { data } = await client.query(OwnersDocument, { after }).toPromise();
    return data?.departments;
  });
  const owned = departments?.map(async ({ key, name, touchpoints }) => {
    const keys = touchpoints?.pageInfo.hasNextPage
      ? await readTouchpoints(client, key)
      : touchpoints?.edges.map(({ node }) => node.key);
    return (keys ?? []).map((touchpoint) => [touchpoint, name] as const);
  });
  return owned && (await Promise.all(owned)).flat();
}

async function readTouchpoints(client: Client, key: string): Promise<string[] | undefined> {
  const found = await allPages(async (after) => {
    const { data } = await client.query(OwnTouchpointKeysDocument, { key, after }).toPromise();
    return data?.department?.touchpoints;
  });
  return found?.map((touchpoint) => touchpoint.key);
}
