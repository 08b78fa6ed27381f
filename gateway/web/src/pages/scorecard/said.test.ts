import { beforeAll, expect, test, vi } from "vitest";
import type { Point } from "~/parts/chart/points.ts";
import { careOf, reasonOf, shortCareOf } from "~/parts/score/Face.tsx";
import type { MeasureFragment } from "~/parts/score/measure.generated.ts";
import { whyNotJudged } from "~/parts/score/notJudged.ts";
import type { Place } from "~/place/place.ts";
import { loadWords } from "~/words/words.ts";
import { type Part, type PartScore, tableOf } from "./parts.ts";
import { tookPart } from "./StaffSide.tsx";
import { belowRest, lacking, worsenings } from "./todos.ts";
import { trendFinding, whyEmpty } from "./trendFinding.ts";

const SINCE = "April to June";
const NOTHING = { status: "NO_DATA", base: 0, value: null, wave: null } as const;
const PLACE: Place = {
  department: "billing",
  period: { from: "2026-07-01", to: "2026-10-01" },
  versus: "before",
  compareTo: undefined,
  tree: "TODAY",
  includeSubtree: true,
};

beforeAll(async () => {
  vi.stubGlobal("document", { documentElement: {} });
  await loadWords("en");
});

function measure(key: string, said: Partial<MeasureFragment> = {}): MeasureFragment {
  const isStaff = key.startsWith("turnover");
  return {
    id: key,
    status: "OK",
    value: 1,
    base: 100,
    countedIn: null,
    wave: null,
    interval: { low: 0, high: 2 },
    metric: {
      key,
      version: 1,
      name: key,
      unit: isStaff ? "PER_YEAR" : "POINTS",
      higherIsBetter: !isStaff,
      minimumBase: 10,
      formula: "",
    },
    change: null,
    ...said,
  };
}

function change(delta: number, verdict: "CLEAR" | "WEAK" | "NONE") {
  return { delta, verdict, finding: null, interval: { low: delta - 1, high: delta + 1 } };
}

test("staff that nothing is known of are not said to have answered nothing", () => {
  const said = (key: string) => reasonOf(measure(key, { status: "NO_DATA", value: null }));
  expect(said("nps")).toBe("Nothing was answered in this period.");
  expect(said("turnoverRate")).toBe("No employment records for this period.");
  expect(said("turnoverRateHeadcount")).toContain("end of a month");
});

test("what staff said in a wave is withheld, too little or not there, each in its words", () => {
  const said = (status: "WITHHELD" | "INSUFFICIENT_BASE" | "NO_DATA", base: number | null) =>
    reasonOf(measure("enps", { status, base, value: null }));
  expect(said("WITHHELD", null)).toBe("Withheld to protect people");
  expect(said("INSUFFICIENT_BASE", 7)).toBe("Too few answers in this wave: 7 of the 10 needed.");
  expect(said("NO_DATA", 0)).toContain("No wave of this period shows");
  const withheld = { status: "WITHHELD", base: null, value: null, wave: "2026-07" } as const;
  expect(whyNotJudged(measure("enps").metric, withheld, SINCE)).toContain("to protect people");
});

test("of a department that a wave tells nothing of by itself nobody says that no wave was there", () => {
  const none = { status: "NO_DATA", base: 0, value: null, wave: "2026-07" } as const;
  expect(reasonOf(measure("enps", { ...none, value: null }))).toBe(
    "No staff answers are shown here by themselves.",
  );
  expect(whyNotJudged(measure("enps").metric, none, SINCE)).toContain("by themselves in April to");
  expect(whyNotJudged(measure("enps").metric, { ...none, wave: null }, SINCE)).toContain(
    "no wave of April to June shows",
  );
  const cells = (staff: Part["staff"], cut: "POINTS" | "PER_YEAR") =>
    tableOf(
      [{ key: "a", label: "A", customers: undefined, staff }],
      "CHILD_DEPARTMENT",
      { lead: "nps", unit: "POINTS" },
      cut,
    ).rows[0]?.at(4);
  expect(cells(undefined, "POINTS")).toBe("No staff answers are shown here by themselves.");
  expect(cells(undefined, "PER_YEAR")).toBe("No employment records for this period.");
  const withheld = { ...measure("enps", { status: "WITHHELD", value: null }), rest: null };
  expect(cells(withheld, "POINTS")).toContain("Withheld");
});

test("a share of those asked stands on people, whose number is not told where it would tell more", () => {
  const rate = (base: number | null) => measure("participationRate", { status: "LOW_BASE", base });
  expect(careOf(rate(25))).toBe("Few people (25): take with care.");
  expect(careOf(rate(null))).toBe("Few people: take with care.");
  expect(shortCareOf(rate(null))).toBe("Few people");
  expect(careOf(measure("enps", { base: 12 }))).toBe("Few answers (12): take with care.");
});

test("where enough answered, but not every question, nobody says that more are needed", () => {
  const few = measure("engagement", { status: "INSUFFICIENT_BASE", base: 14, value: null });
  expect(reasonOf(few)).toBe("Too few answered some of the questions in this wave.");
});

test("a change that is not judged says why", () => {
  const few = { status: "INSUFFICIENT_BASE", base: 6, value: null, wave: null } as const;
  const { metric } = measure("nps");
  expect(whyNotJudged(metric, few, SINCE)).toContain("too few answers in April to June (6 of the");
  expect(whyNotJudged(metric, NOTHING, SINCE)).toContain("nothing was answ");
  expect(whyNotJudged(metric, undefined, SINCE)).toContain("no value in April to June");
  const { metric: staff } = measure("turnoverRate");
  expect(whyNotJudged(staff, few, SINCE)).toContain("too few people");
  expect(whyNotJudged(staff, NOTHING, SINCE)).toContain("employment");
  expect(whyNotJudged(measure("turnoverRateHeadcount").metric, undefined, SINCE)).toBe(
    "Not compared between periods.",
  );
});

test("where an earlier wave asked other questions nobody says that it has no value", () => {
  const before = { status: "OK", base: 60, value: 0.6, wave: "2026-04" } as const;
  for (const key of ["engagement", "burnout"])
    expect(whyNotJudged(measure(key).metric, before, SINCE)).toBe(
      "A change cannot be judged: other questions were asked in April to June.",
    );
  const none = { ...before, status: "NO_DATA", value: null } as const;
  expect(whyNotJudged(measure("burnout").metric, none, SINCE)).not.toContain("other questions");
});

test("how many took part is said beside a number of the same wave alone", () => {
  const rate = (wave: string) => measure("participationRate", { value: 0.29, wave });
  expect(tookPart(rate("2026-07"), "2026-07")).toBe("29% took part");
  expect(tookPart(rate("2026-09"), "2026-07")).toBeUndefined();
  expect(tookPart(null, "2026-07")).toBeUndefined();
});

test("the trend says what the test of the change says, and nothing without one", () => {
  expect(trendFinding(change(9, "CLEAR"), SINCE)).toBe("Customers: clearly up since April to June");
  expect(trendFinding(change(-9, "WEAK"), SINCE)).toContain("perhaps down");
  expect(trendFinding(change(-9, "NONE"), SINCE)).toContain("no clear change");
  expect(trendFinding(null, SINCE)).toBe("Twelve months, month by month");
});

test("a trend without a month that has a score says why", () => {
  const point = (base: number, value: number | null = null) =>
    ({ base, value, interval: value === null ? null : { low: 0, high: 1 } }) as Point;
  expect(whyEmpty([point(0), point(0)], 10)).toBe("Nobody answered in these twelve months.");
  expect(whyEmpty([point(4), point(5)], 10)).toContain("9 answers in all twelve months");
  expect(whyEmpty([point(4), point(12, 1)], 10)).toBeUndefined();
});

test("what has become worse is named with customers and staff apart, each with a link", () => {
  const found = worsenings(
    [
      measure("nps", { change: change(-13, "CLEAR") }),
      measure("csat", { change: change(-8, "CLEAR") }),
      measure("ces", { change: change(2, "CLEAR") }),
      measure("turnoverRate", { change: change(0.2, "CLEAR") }),
    ],
    PLACE,
  );
  expect(found.map(({ title }) => title)).toEqual([
    "Would recommend us and Satisfied",
    "Leaving, per year",
  ]);
  expect(found[0]?.text).toContain("Would recommend us: worse by 13 points, on 100 answers.");
  expect(found.map(({ href }) => href?.split("?")[0])).toEqual(["/comments", "#parts"]);
});

test("a touchpoint is said to be below the rest only where it clearly is, the lowest of several", () => {
  const part = (key: string, value: number, rest: PartScore["rest"]): Part => ({
    key,
    label: key,
    customers: { ...measure("nps", { value }), rest },
    staff: undefined,
  });
  const beside = (delta: number, verdict: "CLEAR" | "WEAK") => ({
    value: 50,
    change: { delta, verdict },
  });
  const desk = part("desk", 60, beside(10, "CLEAR"));
  const call = part("call", 30, beside(-20, "CLEAR"));
  const invoice = part("invoice", -30, beside(-80, "CLEAR"));
  const [todo] = belowRest([desk, call, invoice], PLACE);
  expect(todo?.title).toBe("invoice is rated lower than the rest");
  expect(todo?.text).toContain("the rest of the answers: +50");
  const unsaid = [part("invoice", 40, beside(-10, "WEAK")), part("few", 0, null)];
  expect(belowRest([desk, ...unsaid, part("", 0, beside(-50, "CLEAR"))], PLACE)).toEqual([]);
});

test("what is lacking is said of answers and of records, with a link for who may add them", () => {
  const none = { status: "NO_DATA", value: null } as const;
  expect(lacking([measure("ces", none)], true)[0]?.href).toBe("/surveys");
  const silent = measure("ces", { ...none, base: 0 });
  expect(lacking([measure("nps"), silent], true)[0]?.title).toContain("“Ease”");
  expect(lacking([silent], true)[0]?.title).toBe("Nobody answered in this period");
  expect(lacking([measure("turnoverRate", none)], true)[0]?.title).toContain("Staff");
  expect(lacking([measure("turnoverRate", none)], false)[0]).not.toHaveProperty("href");
});
