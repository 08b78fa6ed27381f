import { beforeAll, expect, test, vi } from "vitest";
import type { Point } from "~/parts/chart/points.ts";
import { reasonOf } from "~/parts/score/Face.tsx";
import type { MeasureFragment } from "~/parts/score/measure.generated.ts";
import { whyNotJudged } from "~/parts/score/notJudged.ts";
import type { Place } from "~/place/place.ts";
import { loadWords } from "~/words/words.ts";
import type { Part } from "./parts.ts";
import type { Counts } from "./rest.ts";
import { belowRest, lacking, worsenings } from "./todos.ts";
import { trendFinding, whyEmpty } from "./trendFinding.ts";

const SINCE = "April to June";
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
  return { delta, verdict, interval: { low: delta - 1, high: delta + 1 } };
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
  expect(said("NO_DATA", 0)).toBe("No wave of staff closed in this period.");
  const withheld = { status: "WITHHELD", base: null } as const;
  expect(whyNotJudged(measure("enps").metric, withheld, SINCE)).toContain("to protect people");
});

test("a change that is not judged says why", () => {
  const few = { status: "INSUFFICIENT_BASE", base: 6 } as const;
  const { metric } = measure("nps");
  expect(whyNotJudged(metric, few, SINCE)).toContain("too few answers in April to June (6 of the");
  expect(whyNotJudged(metric, { status: "NO_DATA", base: 0 }, SINCE)).toContain("nothing was answ");
  expect(whyNotJudged(metric, undefined, SINCE)).toContain("no value in April to June");
  const { metric: staff } = measure("turnoverRate");
  expect(whyNotJudged(staff, few, SINCE)).toContain("too few people");
  expect(whyNotJudged(staff, { status: "NO_DATA", base: 0 }, SINCE)).toContain("employment");
  expect(whyNotJudged(measure("turnoverRateHeadcount").metric, undefined, SINCE)).toBe(
    "Not compared between periods.",
  );
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

test("a touchpoint below the whole is not said to be below the rest unless it clearly is", () => {
  const counts = (promoters: number, passives: number, detractors: number): Counts => ({
    promoters,
    detractors,
    base: promoters + passives + detractors,
  });
  const part = (key: string, one: Counts): Part => ({
    key,
    label: key,
    customers: measure("nps", { value: one.promoters - one.detractors }),
    staff: undefined,
    counts: one,
  });
  const invoice = part("invoice", counts(20, 30, 50));
  const [todo] = belowRest([part("desk", counts(60, 30, 10)), invoice], counts(80, 60, 60), PLACE);
  expect(todo?.title).toBe("invoice is rated lower than the rest");
  expect(todo?.text).toContain("the rest of the answers: +50");
  const near = part("invoice", counts(55, 30, 15));
  expect(belowRest([part("desk", counts(60, 30, 10)), near], counts(115, 60, 25), PLACE)).toEqual(
    [],
  );
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
