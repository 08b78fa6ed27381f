import type { UpsertWaveInput } from "~/api/types.generated.ts";

// The draft that was removed last, for as long as nobody reloads the page: it can be put back.

let last: UpsertWaveInput | undefined;

export function lastRemoved(): UpsertWaveInput | undefined {
  return last;
}

export function remove(draft: UpsertWaveInput): void {
  last = draft;
}

/** It is a draft again: nothing is left to be put back. */
export function putBack(): void {
  last = undefined;
}
