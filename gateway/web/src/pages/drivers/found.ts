import type { Table } from "~/parts/chart/ChartCard.tsx";
import { type Axis, axisFor } from "~/parts/chart/scale.ts";
import { fromTo, written } from "~/parts/score/units.ts";
import { list } from "~/words/format.ts";
import { t } from "~/words/words.ts";
import type { DriversQuery } from "./queries.generated.ts";

export type Analysis = NonNullable<NonNullable<DriversQuery["department"]>["drivers"]>;
export type Driver = Analysis["drivers"][number];
/** A driver that has all that a place in the chart needs. */
export interface Placed {
  driver: Driver;
  number: number;
  share: { value: number; low: number; high: number };
  satisfied: { value: number; low: number; high: number };
}
/** The words of a question by its key; undefined for one that is no longer asked. */
export type NameOf = (question: string | null) => string;

const ORDER = ["FIX_FIRST", "KEEP_UP", "WATCH", "LEAVE"] as const;
const LEAST = 0.2;
const WHOLE = { low: 0, high: 1 };

/** What is to be looked at first, first; in each quadrant the weightiest first, what has no weight last. */
export function ordered(drivers: readonly Driver[]): Driver[] {
  const rank = ({ quadrant }: Driver) =>
    quadrant === null ? ORDER.length : ORDER.indexOf(quadrant);
  return [...drivers].sort((a, b) => rank(a) - rank(b) || (b.share ?? 0) - (a.share ?? 0));
}

/** Those that stand in a quadrant, by the number they have in the list. */
export function placed(drivers: readonly Driver[]): Placed[] {
  return drivers.flatMap((driver, at) => {
    const { share, shareInterval, satisfied, satisfiedInterval, quadrant } = driver;
    if (quadrant === null || share === null || shareInterval === null) return [];
    if (satisfied === null || satisfiedInterval === null) return [];
    return [
      {
        driver,
        number: at + 1,
        share: { value: share, ...shareInterval },
        satisfied: { value: satisfied, ...satisfiedInterval },
      },
    ];
  });
}

/** Across: satisfied; up: weight, from nothing. */
export function axesOf(all: readonly Placed[]): { across: Axis; up: Axis } {
  const satisfied = all.flatMap(({ satisfied: { low, high } }) => [low, high]);
  const shares = all.flatMap(({ share }) => [0, share.high]);
  return { across: axisFor(satisfied, LEAST, WHOLE), up: axisFor(shares, LEAST, WHOLE, 4) };
}

/** Where the quadrants meet: an equal share for each that has a weight, and the mean share of satisfied of those that
 * do not go the other way. */
export function middleOf(drivers: readonly Driver[]): { share: number; satisfied: number } {
  const weighed = drivers.filter(({ share }) => share !== null);
  const along = weighed.filter(({ direction }) => direction !== "OPPOSITE");
  const sum = along.reduce((total, { satisfied }) => total + (satisfied ?? 0), 0);
  return { share: 1 / weighed.length, satisfied: sum / along.length };
}

/** Where a driver stands, or why it stands nowhere. */
export function standing({ quadrant, direction }: Driver): string | null {
  if (quadrant !== null) return t(`drivers.quadrant_${quadrant}`);
  return direction === null || direction === "SAME" ? null : t(`drivers.direction_${direction}`);
}

/** The finding: what is to be fixed first, else what goes with the outcome most. */
export function titleOf({ status, drivers }: Analysis, nameOf: NameOf): string {
  if (status !== "OK") return t("drivers.noWeights");
  const [first] = ordered(drivers).sort((a, b) => (b.share ?? 0) - (a.share ?? 0));
  const toFix = ordered(drivers).filter(({ quadrant }) => quadrant === "FIX_FIRST");
  if (toFix.length > 0)
    return t("drivers.fix", { names: list(toFix.map(({ question }) => nameOf(question))) });
  return t("drivers.most", { names: nameOf(first?.question ?? null) });
}

/** What a driver says in numbers. */
export function said({ share, shareInterval, satisfied, satisfiedInterval }: Driver): string {
  const parts: string[] = [];
  if (share !== null && shareInterval !== null) {
    const range = fromTo("SHARE", shareInterval);
    parts.push(t("drivers.weighs", { share: written("SHARE", share), range }));
  }
  if (satisfied !== null && satisfiedInterval !== null) {
    const range = fromTo("SHARE", satisfiedInterval);
    parts.push(t("drivers.satisfies", { satisfied: written("SHARE", satisfied), range }));
  }
  return parts.join("; ");
}

export function tableOf({ drivers }: Analysis, caption: string, nameOf: NameOf): Table {
  return {
    caption,
    head: [
      t("drivers.question"),
      t("drivers.weight"),
      t("drivers.weightRange"),
      t("drivers.satisfied"),
      t("drivers.satisfiedRange"),
      t("drivers.group"),
    ],
    rows: ordered(drivers).map((driver) => {
      const { share, shareInterval, satisfied, satisfiedInterval } = driver;
      return [
        nameOf(driver.question),
        share === null ? null : written("SHARE", share),
        shareInterval === null ? null : fromTo("SHARE", shareInterval),
        satisfied === null ? null : written("SHARE", satisfied),
        satisfiedInterval === null ? null : fromTo("SHARE", satisfiedInterval),
        standing(driver),
      ];
    }),
  };
}
