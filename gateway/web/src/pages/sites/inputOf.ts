import type { SiteInput } from "~/api/types.generated.ts";
import type { SiteShownFragment } from "./queries.generated.ts";

/** A site as it is sent. */
export function inputOf(site: SiteShownFragment): SiteInput {
  const { name, origins, departments, factsAMinute, paused } = site;
  return { name, origins: [...origins], departments: [...departments], factsAMinute, paused };
}

/** Words of a field: parted by blanks, commas or lines. */
export function parted(text: string): string[] {
  return text.split(/[\s,;]+/).filter(Boolean);
}
