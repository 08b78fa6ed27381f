import { useRead } from "~/api/useRead.ts";
import { InteractionKindsDocument } from "./queries.generated.ts";

/** Kinds that are built in, in the order of a journey, and answers to surveys. */
export const INTERACTIONS = [
  "NEED",
  "EXPOSED",
  "CLICKED",
  "VISITED",
  "SEARCHED",
  "VIEWED",
  "SIGNED_UP",
  "SIGNED_IN",
  "ASKED",
  "ADDED_TO_CART",
  "CHECKOUT_STARTED",
  "ORDERED",
  "CANCELLED",
  "DELIVERED",
  "RETURNED",
  "USED",
  "CALLED",
  "WROTE",
  "CAME",
  "CONTACTED",
  "SERVICED",
  "RECOMMENDED",
  "WARRANTY",
  "COMPLAINED",
  "RESPONDED",
] as const;

/** Names of own kinds by their keys; none until they are read. */
export function useInteractionKinds(): ReadonlyMap<string, string> {
  const [{ data }] = useRead({ query: InteractionKindsDocument, variables: {} });
  const own = (data?.interactionKinds ?? []).filter(({ builtIn }) => !builtIn);
  return new Map(own.map(({ key, name }) => [key, name ?? key]));
}
