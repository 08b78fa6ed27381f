import type { Counts, Done } from "./door.ts";

const TOLD = ["TOTAL_ROWS", "HEADER_AGAIN", "COUNT_OF_NONE"] as const;

export interface LeftOut {
  /** `mapping`: as its [only] says; `unknown`: the import did not come to its end. */
  cause: "mapping" | "unknown" | (typeof TOLD)[number];
  rows: number;
}

/** Rows that were left out, by cause; those of no other cause are left out by the mapping. */
export function leftOut(counts: Counts, done: Done | undefined): LeftOut[] {
  if (done === undefined) return [{ cause: "unknown", rows: counts.leftOut }];
  const told: LeftOut[] = TOLD.map((cause) => ({
    cause,
    rows: done.remarks.find(({ reason }) => reason === cause)?.count ?? 0,
  }));
  const rest = told.reduce((sum, { rows }) => sum - rows, counts.leftOut);
  return [{ cause: "mapping", rows: rest }, ...told];
}
