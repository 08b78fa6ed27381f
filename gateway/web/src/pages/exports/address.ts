import type { TreeReading } from "~/api/types.generated.ts";
import type { Period } from "~/place/days.ts";

export const FORMATS = ["csv", "xlsx", "parquet"] as const;
export type Format = (typeof FORMATS)[number];
export const INTERVALS = ["", "DAY", "WEEK", "MONTH", "QUARTER"] as const;
export type Interval = (typeof INTERVALS)[number];

interface Common {
  department: string;
  period: Period;
  format: Format;
  /** Of a CSV: the language whose spreadsheets it is for. */
  locale: string;
}

interface Scores extends Common {
  interval: Interval;
  metrics: string[];
  /** As the departments hang today where it is not said. */
  tree?: TreeReading;
  /** Whether all below is counted; it is where that is not said. */
  subtree?: boolean;
}

/** Where a file of responses is. `to` is excluded, as in the API. */
export function responsesAddress(asked: Common & { survey: string }): string {
  return address("responses", asked, { survey: asked.survey });
}

/** Where a file of scores is: of the period as a whole without an interval, of all metrics where none is named. */
export function scoresAddress(asked: Scores): string {
  return address("scores", asked, {
    interval: asked.interval,
    metrics: asked.metrics.join(","),
    tree: asked.tree ?? "",
    subtree: asked.subtree === undefined ? "" : String(asked.subtree),
  });
}

function address(
  kind: string,
  { department, period, format, locale }: Common,
  own: Record<string, string>,
): string {
  const query = new URLSearchParams({ department, from: period.from, to: period.to, format });
  if (format === "csv") query.set("locale", locale);
  for (const [name, value] of Object.entries(own)) if (value !== "") query.set(name, value);
  return `/exports/${kind}?${query}`;
}
