import { useRead } from "~/api/useRead.ts";
import { type Key, t } from "~/words/words.ts";
import { IdentifierKindsDocument } from "./queries.generated.ts";

/** Kinds that are built in, in the order of menus. */
export const BUILT_IN = ["CUSTOMER", "EMAIL", "PHONE", "CARD", "ACCOUNT", "DEVICE"] as const;

export interface Kind {
  key: string;
  name: string;
}

/** Kinds by which customers are known, with their names; only those that are built in until the others are read. */
export function useKinds(): Kind[] {
  const [{ data }] = useRead({ query: IdentifierKindsDocument, variables: {} });
  const own = (data?.identifierKinds ?? []).filter(({ builtIn }) => !builtIn);
  return [
    ...BUILT_IN.map((key) => ({ key, name: t(`customers.kind_${key}` satisfies Key) })),
    ...own.map(({ key, name }) => ({ key, name: name ?? key })),
  ];
}

/** What a kind is called. */
export function nameOf(kinds: readonly Kind[], key: string): string {
  return kinds.find((kind) => kind.key === key)?.name ?? key;
}
