import {
  type CombinedError,
  cacheExchange,
  createClient,
  fetchExchange,
  mapExchange,
  subscriptionExchange,
} from "@urql/core";
import { MARKER } from "./marker.ts";
import { socket } from "./socket.ts";
import { traced } from "./trace.ts";

let whenSignedOut: () => void = () => undefined;

/** What happens once the session has ended, or was never there. */
export function onSignedOut(handle: () => void): void {
  whenSignedOut = handle;
}

let whenRightsChanged: () => void = () => undefined;

/** What happens once a subscription has ended because rights are others than before. */
export function onRightsChanged(handle: () => void): void {
  whenRightsChanged = handle;
}

/** Whether nobody is signed in any more. */
export function isSignedOut(error: CombinedError | undefined): boolean {
  return has(error, "code", "UNAUTHENTICATED") && !has(error, "reason", "RIGHTS_CHANGED");
}

function has(error: CombinedError | undefined, name: "code" | "reason", value: string): boolean {
  return error?.graphQLErrors.some(({ extensions }) => extensions[name] === value) ?? false;
}

export const client = createClient({
  url: "/graphql",
  preferGetMethod: false,
  // What was read before is shown at once, and read again: it may be hours old.
  requestPolicy: "cache-and-network",
  fetchOptions: () => ({ headers: { ...MARKER, ...traced() }, credentials: "same-origin" }),
  exchanges: [
    cacheExchange,
    mapExchange({
      onError(error) {
        if (isSignedOut(error)) whenSignedOut();
        if (has(error, "reason", "RIGHTS_CHANGED")) whenRightsChanged();
      },
    }),
    fetchExchange,
    subscriptionExchange({
      forwardSubscription: (request) => ({
        subscribe: (sink) => {
          const query = request.query ?? "";
          const end = socket.subscribe({ ...request, query }, sink as never);
          return { unsubscribe: end };
        },
      }),
    }),
  ],
});
