import { expect, test } from "vitest";
import { responsesAddress, scoresAddress } from "./address.ts";

const ASKED = { department: "billing", period: { from: "2026-01-01", to: "2026-04-01" } };

test("responses of a survey as a spreadsheet of the reader's language expects them", () => {
  expect(responsesAddress({ ...ASKED, survey: "s 1", format: "csv", locale: "lv" })).toBe(
    "/exports/responses?department=billing&from=2026-01-01&to=2026-04-01&format=csv&locale=lv&survey=s+1",
  );
});

test("scores of all metrics over the whole period, in a form that knows no language", () => {
  const whole = { ...ASKED, format: "xlsx", locale: "lv", interval: "", metrics: [] } as const;
  expect(scoresAddress({ ...whole, metrics: [] })).toBe(
    "/exports/scores?department=billing&from=2026-01-01&to=2026-04-01&format=xlsx",
  );
  expect(scoresAddress({ ...whole, interval: "MONTH", metrics: ["nps", "csat"] })).toContain(
    "&interval=MONTH&metrics=nps%2Ccsat",
  );
});
