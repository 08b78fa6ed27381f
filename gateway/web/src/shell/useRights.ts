import { useClient } from "@urql/preact";
import { useEffect, useRef } from "preact/hooks";
import { onRightsChanged } from "~/api/client.ts";
import { onEnded, socket } from "~/api/socket.ts";
import { remember, remembered } from "~/parts/remembered.ts";
import { todayIn } from "~/place/days.ts";
import { RightsDocument } from "./queries.generated.ts";
import { rightsOf, type SignedIn } from "./viewer.ts";

/** With the 20 s that the gateway remembers rights, a page ends within a minute after its right. */
const EVERY_MS = 30_000;
const KEPT_AS = "cxm.rightsChanged";

/** Whether this page was loaded anew because a right had ended. */
export const hasLostRights = remembered(KEPT_AS, "sessionStorage") !== null;
remember(KEPT_AS, null, "sessionStorage");

/** Asks again what who is signed in may do: a page that shows what is no longer theirs is loaded anew, a new right is taken in. */
export function useRights(viewer: SignedIn | undefined, gained: () => void): void {
  const client = useClient();
  const latest = useRef({ viewer, gained });
  latest.current = { viewer, gained };
  useEffect(() => {
    let isCutOff = false;
    const look = async () => {
      const asked = client.query(RightsDocument, {}, { requestPolicy: "network-only" });
      const now = (await asked.toPromise()).data?.viewer;
      const { viewer, gained } = latest.current;
      if (now == null || viewer === undefined) return;
      const rights = rightsOf(now.grants, todayIn(viewer.timeZone));
      const hasLost = !viewer.rights.every((right) => rights.includes(right));
      const hasGained = rights.length > viewer.rights.length;
      if (hasLost || (hasGained && isCutOff)) startAnew();
      else if (hasGained) {
        socket.terminate(); // it still speaks for the rights of before
        gained();
      }
    };
    const cutOff = () => {
      isCutOff = true;
      look();
    };
    const timer = setInterval(look, EVERY_MS);
    onRightsChanged(cutOff);
    onEnded(cutOff);
    return () => clearInterval(timer);
  }, [client]);
}

function startAnew(): void {
  remember(KEPT_AS, "yes", "sessionStorage");
  location.reload();
}
