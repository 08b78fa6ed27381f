import {
  type AnyVariables,
  createRequest,
  type DocumentInput,
  type OperationResult,
} from "@urql/core";
import { client } from "./client.ts";

const asked = new Set<number>();

/** Asks for what will be drawn; who reads it first with `useRead` takes this answer, and does not ask again. */
export function readAhead<Data, Variables extends AnyVariables>(
  query: DocumentInput<Data, Variables>,
  variables: Variables,
): Promise<OperationResult<Data, Variables>> {
  const request = createRequest(query, variables);
  asked.add(request.key);
  return client.executeQuery(request).toPromise();
}

/** Whether the request of this key was asked ahead, and nobody has taken its answer. */
export function takeAhead(key: number): boolean {
  return asked.delete(key);
}
