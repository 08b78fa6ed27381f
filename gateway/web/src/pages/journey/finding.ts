import type { MeasureFragment } from "~/parts/score/measure.generated.ts";

export interface Stage {
  /** Null: answers without a stage. */
  key: string | null;
  score: MeasureFragment;
}

export type Finding =
  | { kind: "lowest" | "highest"; key: string }
  | { kind: "even" | "one" | "tooFew" | "none" };

/** What the journey says in a sentence: the stage whose likely range lies apart from those of all others. */
export function findingOf(stages: Stage[]): Finding {
  const named = stages.filter((stage): stage is Stage & { key: string } => stage.key !== null);
  const ok = named.filter(({ score }) => score.status === "OK");
  if (ok.length === 0)
    return { kind: named.some(({ score }) => (score.base ?? 0) > 0) ? "tooFew" : "none" };
  if (ok.length === 1) return { kind: "one" };
  for (const kind of ["lowest", "highest"] as const) {
    const found = ok.find((one) =>
      ok.every(
        (other) => other === one || (kind === "lowest" ? below(one, other) : below(other, one)),
      ),
    );
    if (found !== undefined) return { kind, key: found.key };
  }
  return { kind: "even" };
}

function below({ score: one }: Stage, { score: other }: Stage): boolean {
  return one.interval !== null && other.interval !== null && one.interval.high < other.interval.low;
}
