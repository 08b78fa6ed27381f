import {
  type AnyVariables,
  createRequest,
  type UseQueryArgs,
  type UseQueryResponse,
  type UseQueryState,
  useQuery,
} from "@urql/preact";
import { useMemo, useRef } from "preact/hooks";
import { takeAhead } from "./readAhead.ts";

/**
 * Reads as urql's `useQuery`. What was read with other variables is never given as if it had been read with these, and
 * what is read by the policy network-only is not given before the first answer to this very reading: urql gives what
 * another part of the page has read, first as stale, then, while it waits, as if it were not.
 */
export function useRead<Data, Variables extends AnyVariables>(
  args: UseQueryArgs<Variables, Data>,
): UseQueryResponse<Data, Variables> {
  const { key } = createRequest(args.query, args.variables as Variables);
  const requestPolicy = useMemo(
    () => (takeAhead(key) ? "cache-first" : args.requestPolicy),
    [key, args.requestPolicy],
  );
  const [state, again] = useQuery({ ...args, requestPolicy } as UseQueryArgs<Variables, Data>);
  const answered = useRef<number>(undefined);
  if (!state.fetching && !state.stale && state.operation?.key === key) answered.current = key;
  const isGiven = args.requestPolicy !== "network-only" || answered.current === key;
  return [isGiven ? ofRequest(state, key, args.pause === true) : unread(args.pause), again];
}

/** A state as it stands for the request of this key: one of another request says only that this one is being read. */
export function ofRequest<Data, Variables extends AnyVariables>(
  state: UseQueryState<Data, Variables>,
  key: number,
  isPaused: boolean,
): UseQueryState<Data, Variables> {
  if (state.operation === undefined || state.operation.key === key) return state;
  return unread(isPaused);
}

function unread(isPaused = false) {
  return { fetching: !isPaused, stale: false, hasNext: false };
}
