// Between instants and what a clock on the wall shows, as <input type="datetime-local"> writes it: 2026-12-01T09:00.

const MINUTE_MS = 60_000;

/** What a clock there shows at an instant. */
export function wallOf(instant: string, timeZone: string): string {
  const format = new Intl.DateTimeFormat("sv-SE", {
    timeZone,
    dateStyle: "short",
    timeStyle: "short",
  });
  return format.format(new Date(instant)).replace(" ", "T");
}

/** When a clock there shows it, as an instant of the API; undefined if it is no time. An hour that is skipped is taken later. */
export function instantOf(wall: string, timeZone: string): string | undefined {
  const shown = Date.parse(`${wall}Z`);
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(wall) || Number.isNaN(shown)) return undefined;
  const first = shown - aheadAt(shown, timeZone);
  return new Date(shown - aheadAt(first, timeZone)).toISOString();
}

/** How far clocks there are ahead of UTC, in milliseconds. */
function aheadAt(instant: number, timeZone: string): number {
  const minute = Math.floor(instant / MINUTE_MS) * MINUTE_MS;
  return Date.parse(`${wallOf(new Date(minute).toISOString(), timeZone)}Z`) - minute;
}
