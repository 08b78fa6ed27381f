// Draws trends of many departments when a button is pressed: `make web-bench` measures what that costs.
import { render } from "preact";
import { useState } from "preact/hooks";
import { LocationProvider } from "preact-iso";
import { TrendCard, type Trends } from "~/pages/scorecard/TrendCard.tsx";
import type { Point } from "~/parts/chart/points.ts";
import { addDays } from "~/place/days.ts";
import { type Here, HereContext } from "~/place/place.ts";
import { loadWords } from "~/words/words.ts";
import "~/style/cxm.css";

const DEPARTMENTS = 40;
const WEEKS = 52;
const HERE: Here = { today: "2026-12-31", timeZone: "UTC", home: "root" };

/** A year of weeks around `middle`, as the API gives them; no two departments alike. */
function weeks(department: number, middle: number, span: number): Point[] {
  return Array.from({ length: WEEKS }, (_, week) => {
    const value = middle + span * Math.sin(week / 5 + department);
    const from = addDays("2026-01-05", 7 * week);
    const interval = { low: value - span / 3, high: value + span / 3 };
    return { from, to: addDays(from, 7), value, base: 120, status: "OK", interval };
  });
}

function answer(): string {
  return JSON.stringify(
    Array.from({ length: DEPARTMENTS }, (_, department) => ({
      customers: weeks(department, 30, 12),
      staff: weeks(department, 0.3, 0.1),
    })),
  );
}

type Read = Pick<Trends, "customers" | "staff">;

function Drawing({ text }: { text: string }) {
  const [read, setRead] = useState<Read[]>([]);
  return (
    <>
      <button class="btn" type="button" onClick={() => setRead(JSON.parse(text))}>
        Draw
      </button>
      {read.map((trends, department) => (
        <TrendCard
          key={department}
          lead="nps"
          score={undefined}
          trends={{ ...trends, waves: [], isThere: true, hasFailed: false, again: () => undefined }}
        />
      ))}
    </>
  );
}

await loadWords("en");
const root = document.getElementById("main");
if (root !== null) {
  render(
    <LocationProvider>
      <HereContext.Provider value={HERE}>
        <Drawing text={answer()} />
      </HereContext.Provider>
    </LocationProvider>,
    root,
  );
}
