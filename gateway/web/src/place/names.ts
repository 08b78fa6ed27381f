import { day, month } from "~/words/format.ts";
import { t } from "~/words/words.ts";
import { addDays, addMonths, type Period, wholeMonths } from "./days.ts";

/** A period as people say it: "July to September 2026"; beside one of the same year without the year. */
export function periodName({ from, to }: Period, beside?: Period): string {
  const last = addDays(to, -1);
  const isSameYear = from.slice(0, 4) === last.slice(0, 4);
  const year = beside === undefined || beside.from.slice(0, 4) !== last.slice(0, 4);
  const months = wholeMonths({ from, to });
  if (months === 1) return month(from, { year });
  const name = months === undefined ? day : month;
  const end = months === undefined ? last : addMonths(to, -1);
  return t("place.fromTo", { from: name(from, { year: !isSameYear }), to: name(end, { year }) });
}
