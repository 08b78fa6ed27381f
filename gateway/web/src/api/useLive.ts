import { useSubscription } from "@urql/preact";
import { useCallback, useEffect, useRef } from "preact/hooks";
import { ScoresChangedDocument } from "./live.generated.ts";
import { onBack, renewed } from "./socket.ts";

const AT_MOST_EVERY_MS = 2_000;

/** Calls `again` when scores of a department may have changed, at most every two seconds, the last time never left out. */
export function useLive(department: string, again: () => void): void {
  const latest = useRef(again);
  latest.current = again;
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const readSoon = useCallback(() => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      latest.current();
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
