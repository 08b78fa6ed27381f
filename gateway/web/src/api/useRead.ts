import {
  type AnyVariables,
  createRequest,
  type UseQueryArgs,
  type UseQueryResponse,
  type UseQueryState,
  useQuery,
} from "@urql/preact";
import { useMemo } from "preact/hooks";
import { takeAhead } from "./readAhead.ts";

/** Reads as urql's `useQuery`; what was read with other variables is never given as if it had been read with these. */
export function useRead<Data, Variables extends AnyVariables>(
  args: UseQueryArgs<Variables, Data>,
): UseQueryResponse<Data, Variables> {
  const { key } = createRequest(args.query, args.variables as Variables);
  const requestPolicy = useMemo(
    () => (takeAhead(key) ? "cache-first" : args.requestPolicy),
    [key, args.requestPolicy],
  );
  const [state, again] = useQuery({ ...args, requestPolicy } as UseQueryArgs<Variables, Data>);
  return [ofRequest(state, key, args.pause === true), again];
}

/** A state as it stands for the request of this key: one of another request says only that this one is being read. */
export function ofRequest<Data, Variables extends AnyVariables>(
  state: UseQueryState<Data, Variables>,
  key: number,
  isPaused: boolean,
): UseQueryState<Data, Variables> {
  if (state.operation === undefined || state.operation.key === key) return state;
  return { fetching: !isPaused, stale: false, hasNext: false };
}
