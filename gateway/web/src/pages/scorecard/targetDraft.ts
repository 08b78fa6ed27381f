// A target as a person writes it: shares in per cent.

import type { MetricUnit, TargetSide } from "~/api/types.generated.ts";
import type { Target } from "./useTargets.ts";

export interface Draft {
  value: string;
  side: TargetSide;
  due: string;
  owner: string;
}

/** What is there, or what a new one begins with. */
export function draftOf(target: Target | undefined, unit: MetricUnit, due: string): Draft {
  if (target === undefined) return { value: "", side: "CUSTOMER", due, owner: "" };
  const value = String(Number((target.value * factor(unit)).toPrecision(12)));
  return { value, side: target.side, due: target.due, owner: target.owner ?? "" };
}

/** In the unit of the metric; undefined for what is no number. */
export function readValue(text: string, unit: MetricUnit): number | undefined {
  const plain = text.trim().replace("−", "-").replace(",", ".");
  if (!/^[+-]?\d+(\.\d+)?$/.test(plain)) return undefined;
  return Number((Number(plain) / factor(unit)).toPrecision(12));
}

function factor(unit: MetricUnit): number {
  return unit === "SHARE" || unit === "PER_YEAR" ? 100 : 1;
}
