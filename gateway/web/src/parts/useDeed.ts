import type { AnyVariables, TypedDocumentNode } from "@urql/core";
import { useMutation } from "@urql/preact";
import { useState } from "preact/hooks";
import { t } from "~/words/words.ts";
import type { Refusal } from "./refusals.ts";

interface Deed<Data, Variables> {
  /** What came of it; undefined where it was refused or no answer came. */
  perform: (variables: Variables) => Promise<Data | undefined>;
  refusals: readonly Refusal[];
  isBusy: boolean;
  forget: () => void;
}

/** A mutation of the API, and why it was not done the last time; `read` finds the refusals in its answer. */
export function useDeed<Data, Variables extends AnyVariables>(
  document: TypedDocumentNode<Data, Variables>,
  read: (data: Data) => readonly Refusal[],
): Deed<Data, Variables> {
  const [{ fetching }, run] = useMutation(document);
  const [refusals, setRefusals] = useState<readonly Refusal[]>([]);
  const perform = async (variables: Variables) => {
    const { data, error } = await run(variables);
    if (data === undefined || error !== undefined) {
      const messages = error?.graphQLErrors.map(({ message }) => message) ?? [];
      const [message = t("parts.notDone")] = messages;
      setRefusals([{ field: null, message, code: "FAILED" }]);
      return undefined;
    }
    const refused = read(data);
    setRefusals(refused);
    return refused.length === 0 ? data : undefined;
  };
  return { perform, refusals, isBusy: fetching, forget: () => setRefusals([]) };
}

/** Of an upsert: why the call was refused, or any of its items. */
export function refusalsOf(payload: {
  userErrors: Refusal[];
  results: { userErrors: Refusal[] }[];
}): Refusal[] {
  return [...payload.userErrors, ...payload.results.flatMap((result) => result.userErrors)];
}
