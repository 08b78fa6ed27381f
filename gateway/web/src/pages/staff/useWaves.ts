import { useLocation } from "preact-iso";
import { useRead } from "~/api/useRead.ts";
import { wallOf } from "~/place/clock.ts";
import { addDays, addMonths } from "~/place/days.ts";
import { useHere, usePlace } from "~/place/place.ts";
import {
  StaffAskedDocument,
  type StaffAskedQuery,
  StaffWavesDocument,
  type WaveNameFragment,
} from "./queries.generated.ts";

/** A list without a wave is read anew as well when one is added. */
const EVEN_EMPTY = { additionalTypenames: ["Wave"] };

/** The waves that somebody may read of, and those the address names. */
export interface Waves {
  isThere: boolean;
  hasFailed: boolean;
  again: () => void;
  /** Released ones that asked the department, the one that closed last first; where none did all. */
  released: readonly WaveNameFragment[];
  /** One that takes answers now. */
  open: WaveNameFragment | undefined;
  /** One whose results are being computed. */
  closed: WaveNameFragment | undefined;
  chosen: WaveNameFragment | undefined;
  /** Whether the address names one. */
  isNamed: boolean;
  /** What the chosen one is compared with. */
  against: WaveNameFragment | undefined;
}

/** Waves are looked for as far back; a period has a hundred years at most. */
const YEARS = 99;

export function useWaves(): Waves {
  const { query } = useLocation();
  const { department } = usePlace();
  const tomorrow = addDays(useHere().today, 1);
  const [{ data, error }, again] = useRead({ query: StaffWavesDocument, context: EVEN_EMPTY });
  const [asked] = useRead({
    query: StaffAskedDocument,
    variables: { department, period: { from: addMonths(tomorrow, -12 * YEARS), to: tomorrow } },
    context: EVEN_EMPTY,
  });
  const isKnown = asked.data !== undefined || asked.error !== undefined;
  const all = (data?.waves?.edges ?? []).map(({ node }) => node);
  return {
    isThere: data?.waves != null && isKnown,
    hasFailed: error !== undefined || data?.waves === null,
    again: () => again({ requestPolicy: "network-only" }),
    ...chosenOf(all, query, askedOf(asked.data)),
  };
}

/** Keys of the waves that asked a department; undefined where that could not be read. */
export function askedOf(data: StaffAskedQuery | undefined): ReadonlySet<string> | undefined {
  const scorecard = data?.department?.scorecard;
  if (scorecard == null) return undefined;
  const { enps, engagement, participationRate, burnout } = scorecard;
  const points = [enps, engagement, participationRate, burnout].map((score) => score?.trend);
  if (points.includes(null)) return undefined;
  return new Set(points.flatMap((found) => found ?? []).flatMap(({ wave }) => wave ?? []));
}

/**
 * The wave of the address, else the latest that asked the department; compared with an earlier one that asked it, unless
 * the address says another, or none. `asked`: keys of those that did; undefined where that is not known.
 */
export function chosenOf(
  all: readonly WaveNameFragment[],
  query: Record<string, string>,
  asked: ReadonlySet<string> | undefined,
) {
  const every = all
    .filter(({ state }) => state === "RELEASED")
    .sort((one, other) => (other.closedAt ?? "").localeCompare(one.closedAt ?? ""));
  const here = every.filter(({ key }) => asked === undefined || asked.has(key));
  const released = here.length > 0 ? here : every;
  const { wave, against } = query;
  const chosen = wave ? every.find(({ key }) => key === wave) : released[0];
  return {
    released,
    open: all.find(({ state }) => state === "OPEN"),
    closed: all.find(({ state }) => state === "CLOSED"),
    chosen,
    isNamed: Boolean(wave),
    against:
      against === "none"
        ? undefined
        : (every.find(({ key }) => key === against && key !== chosen?.key) ??
          earlierOf(released, chosen)),
  };
}

/** The latest wave before another: of its name and kind if there is one, else of its kind, else of any. */
function earlierOf(
  released: readonly WaveNameFragment[],
  chosen: WaveNameFragment | undefined,
): WaveNameFragment | undefined {
  if (chosen === undefined) return undefined;
  const earlier = released.filter(({ closedAt }) => (closedAt ?? "") < (chosen.closedAt ?? ""));
  const ofKind = earlier.filter(({ kind }) => kind === chosen.kind);
  return ofKind.find(({ name }) => name === chosen.name) ?? ofKind[0] ?? earlier[0];
}

/** The local day on which a wave closed; "" for one that has not. */
export function closedDay({ closedAt }: WaveNameFragment, timeZone: string): string {
  return closedAt === null ? "" : wallOf(closedAt, timeZone).slice(0, 10);
}
