import { useLocation } from "preact-iso";
import { useRead } from "~/api/useRead.ts";
import { wallOf } from "~/place/clock.ts";
import { StaffWavesDocument, type WaveNameFragment } from "./queries.generated.ts";

/** A list without a wave is read anew as well when one is added. */
const EVEN_EMPTY = { additionalTypenames: ["Wave"] };

/** The waves that somebody may read of, and those the address names. */
export interface Waves {
  isThere: boolean;
  hasFailed: boolean;
  again: () => void;
  /** Released ones, the one that closed last first. */
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

export function useWaves(): Waves {
  const { query } = useLocation();
  const [{ data, error }, again] = useRead({ query: StaffWavesDocument, context: EVEN_EMPTY });
  const all = (data?.waves?.edges ?? []).map(({ node }) => node);
  return {
    isThere: data?.waves != null,
    hasFailed: error !== undefined || data?.waves === null,
    again: () => again({ requestPolicy: "network-only" }),
    ...chosenOf(all, query),
  };
}

/** The wave of the address, else the latest; compared with the one before it unless the address says another, or none. */
export function chosenOf(all: readonly WaveNameFragment[], query: Record<string, string>) {
  const released = all
    .filter(({ state }) => state === "RELEASED")
    .sort((one, other) => (other.closedAt ?? "").localeCompare(one.closedAt ?? ""));
  const { wave, against } = query;
  const chosen = wave ? released.find(({ key }) => key === wave) : released[0];
  const earlier = released.filter((one) => (one.closedAt ?? "") < (chosen?.closedAt ?? ""));
  return {
    released,
    open: all.find(({ state }) => state === "OPEN"),
    closed: all.find(({ state }) => state === "CLOSED"),
    chosen,
    isNamed: Boolean(wave),
    against:
      against === "none"
        ? undefined
        : (released.find(({ key }) => key === against && key !== chosen?.key) ?? earlier[0]),
  };
}

/** The local day on which a wave closed; "" for one that has not. */
export function closedDay({ closedAt }: WaveNameFragment, timeZone: string): string {
  return closedAt === null ? "" : wallOf(closedAt, timeZone).slice(0, 10);
}
