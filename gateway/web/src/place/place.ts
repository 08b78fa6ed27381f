import { createContext } from "preact";
import { useContext, useMemo } from "preact/hooks";
import { useLocation } from "preact-iso";
import type { TreeReading } from "~/api/types.generated.ts";
import { isDay, type Period, periodBefore, quarterOf, yearEarlier } from "./days.ts";

export type Versus = "before" | "year" | "none";

/** What a page speaks of: all of it stands in the address, so that an address can be sent. */
export interface Place {
  department: string;
  period: Period;
  versus: Versus;
  /** What the period is compared with; undefined for nothing. */
  compareTo: Period | undefined;
  tree: TreeReading;
  includeSubtree: boolean;
}

/** Who looks, as the shell has found out. */
export interface Here {
  today: string;
  timeZone: string;
  /** Where a page without a department in its address starts. */
  home: string;
}

export const HereContext = createContext<Here>({ today: "", timeZone: "UTC", home: "" });

export function useHere(): Here {
  return useContext(HereContext);
}

/** The place that the address names; what it does not name is the own department and this quarter. */
export function usePlace(): Place {
  const here = useHere();
  const { path, query } = useLocation();
  return useMemo(() => placeOf(path, query, here), [path, query, here]);
}

export function placeOf(path: string, query: Record<string, string>, here: Here): Place {
  const own = /^\/departments\/([^/]+)$/.exec(path)?.[1];
  const department = (own === undefined ? query["department"] : decoded(own)) || here.home;
  const { from, to } = query;
  const period = isDay(from) && isDay(to) && from < to ? { from, to } : quarterOf(here.today);
  const versus: Versus = query["vs"] === "year" || query["vs"] === "none" ? query["vs"] : "before";
  const tree: TreeReading = query["tree"] === "then" ? "AS_IT_WAS" : "TODAY";
  const compareTo =
    versus === "none" ? undefined : versus === "year" ? yearEarlier(period) : periodBefore(period);
  return { department, period, versus, compareTo, tree, includeSubtree: query["below"] !== "no" };
}

/** A part of an address as it was before it was escaped; undefined where its escapes are broken. */
export function decoded(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}

/** An address of a page of a place, with filters of its own. Never put names or searched words there. */
export function addressOf(
  page: string,
  place: Place,
  filters: Record<string, string | undefined> = {},
): string {
  const query = new URLSearchParams();
  if (page !== "/departments") query.set("department", place.department);
  query.set("from", place.period.from);
  query.set("to", place.period.to);
  if (place.versus !== "before") query.set("vs", place.versus);
  if (place.tree === "AS_IT_WAS") query.set("tree", "then");
  if (!place.includeSubtree) query.set("below", "no");
  for (const [name, value] of Object.entries(filters)) {
    if (value !== undefined && value !== "") query.set(name, value);
  }
  const path = page === "/departments" ? `${page}/${encodeURIComponent(place.department)}` : page;
  return `${path}?${query}`;
}
