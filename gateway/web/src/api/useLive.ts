import {
  type AnyVariables,
  createRequest,
  type UseQueryArgs,
  type UseQueryResponse,
  useSubscription,
} from "@urql/preact";
import { useCallback, useEffect, useRef } from "preact/hooks";
import { ScoresChangedDocument } from "./live.generated.ts";
import { onBack, renewed } from "./socket.ts";
import { useRead } from "./useRead.ts";

const AT_MOST_EVERY_MS = 2_000;

/** How each part of the page that is live reads anew, and the key of what it reads. */
const rereads = new Map<() => void, number>();

/** Reads as `useRead`, and anew whenever the page hears by `useLive` that scores may have changed. */
export function useLiveRead<Data, Variables extends AnyVariables>(
  args: UseQueryArgs<Variables, Data>,
): UseQueryResponse<Data, Variables> {
  const [state, again] = useRead(args);
  const { key } = createRequest(args.query, args.variables as Variables);
  const isPaused = args.pause === true;
  useEffect(() => {
    if (isPaused) return undefined;
    const reread = () => again({ requestPolicy: "network-only" });
    rereads.set(reread, key);
    return () => {
      rereads.delete(reread);
    };
  }, [again, key, isPaused]);
  return [state, again];
}

/** Reads all of the page that is live anew when scores of its department may have changed, at most every two seconds, the last time never left out. */
export function useLive(department: string): void {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const readSoon = useCallback(() => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      // Parts that read the same share the answer.
      const once = new Map([...rereads].map(([reread, key]) => [key, reread]));
      for (const reread of once.values()) reread();
      renewed();
    }, AT_MOST_EVERY_MS);
  }, []);
  useSubscription({ query: ScoresChangedDocument, variables: { department } }, (_, change) => {
    readSoon();
    return change;
  });
  useEffect(() => onBack(readSoon), [readSoon]);
  useEffect(() => () => clearTimeout(timer.current), []);
}
