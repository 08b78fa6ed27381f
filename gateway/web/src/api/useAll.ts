import type { Client } from "@urql/core";
import { useClient } from "@urql/preact";
import { useCallback, useEffect, useState } from "preact/hooks";

/** What `read` gives; undefined until it is there, "failed" where it gives nothing. `read` stays the same function. */
export function useAll<Whole>(read: (client: Client) => Promise<Whole | undefined>) {
  const client = useClient();
  const [all, setAll] = useState<Whole | "failed">();
  const again = useCallback(async () => setAll((await read(client)) ?? "failed"), [client, read]);
  useEffect(() => {
    again();
  }, [again]);
  return { all, again };
}
