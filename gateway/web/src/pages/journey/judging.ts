// Changes of stages are judged together: of several stages some would change by chance alone.

import type { ChangeVerdict } from "~/api/types.generated.ts";
import { adjusted, verdictOf } from "~/parts/score/together.ts";

/** A change and its test alone. */
export interface Tested {
  delta: number;
  pValue: number;
}

/** What was read of each stage by now; null where a stage has no change. */
export type Tests = ReadonlyMap<string, Tested | null>;

/** What the change of each stage says beside the others; nothing until all stages are read. */
export function verdictsOf(stages: readonly string[], tests: Tests): Map<string, ChangeVerdict> {
  if (!stages.every((stage) => tests.has(stage))) return new Map();
  const changed = stages.flatMap((stage) => {
    const test = tests.get(stage);
    return test ? [{ stage, pValue: test.pValue }] : [];
  });
  const judged = adjusted(changed.map(({ pValue }) => pValue));
  return new Map(changed.map(({ stage }, at) => [stage, verdictOf(judged[at] ?? 1)]));
}
