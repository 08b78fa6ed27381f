import type { MeasureFragment, RestFragment } from "~/parts/score/measure.generated.ts";

export interface Stage {
  /** Null: answers without a stage. */
  key: string | null;
  score: MeasureFragment & Partial<RestFragment>;
}

export type Finding =
  | { kind: "lowest" | "highest"; key: string }
  | { kind: "below" | "above"; keys: string[] }
  | { kind: "even" | "one" | "tooFew" | "none" };

/** What the journey says in a sentence: the stage that is apart from each other one, else those apart from the rest together. */
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
  for (const kind of ["below", "above"] as const) {
    const keys = ok.filter(({ score }) => isApart(score.rest, kind === "below"));
    if (keys.length > 0) return { kind, keys: keys.map(({ key }) => key) };
  }
  return { kind: "even" };
}

function isApart(rest: RestFragment["rest"] | undefined, isBelow: boolean): boolean {
  return rest?.change.verdict === "CLEAR" && rest.change.delta < 0 === isBelow;
}

function below({ score: one }: Stage, { score: other }: Stage): boolean {
  return one.interval !== null && other.interval !== null && one.interval.high < other.interval.low;
}
