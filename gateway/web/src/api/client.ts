import {
  type CombinedError,
  cacheExchange,
  createClient,
  fetchExchange,
  mapExchange,
  subscriptionExchange,
} from "@urql/core";
import { socket } from "./socket.ts";

/** Sent with every request: a page of another address cannot, so the cookie of the session counts. */
export const MARKER = { "X-CXM": "1" };

let whenSignedOut: () => void = () => undefined;

/** What happens once the session has ended, or was never there. */
export function onSignedOut(handle: () => void): void {
  whenSignedOut = handle;
}

/** Whether nobody is signed in any more. */
export function isSignedOut(error: CombinedError | undefined): boolean {
  return (
    error?.graphQLErrors.some(({ extensions }) => extensions["code"] === "UNAUTHENTICATED") ?? false
  );
}

export const client = createClient({
  url: "/graphql",
  preferGetMethod: false,
  // What was read before is shown at once, and read again: it may be hours old.
  requestPolicy: "cache-and-network",
  fetchOptions: { headers: MARKER, credentials: "same-origin" },
  exchanges: [
    cacheExchange,
    mapExchange({
      onError(error) {
        if (isSignedOut(error)) whenSignedOut();
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
