import { describe, expect, test } from "vitest";
import type { ChangeFinding } from "~/api/types.generated.ts";
import type { MeasureFragment } from "~/parts/score/measure.generated.ts";
import { customersFeel, lookAt, staffFeel, staffMeasures, staffStay } from "./verdict.ts";

function measure(
  key: string,
  delta: number,
  verdict: "CLEAR" | "WEAK" | "NONE",
  higherIsBetter = true,
  finding: ChangeFinding = "NO_CLEAR_CHANGE",
) {
  return {
    id: key,
    status: "OK",
    value: 1,
    base: 100,
    interval: { low: 0, high: 2 },
    metric: {
      key,
      version: 1,
      name: key,
      unit: "POINTS",
      higherIsBetter,
      minimumBase: 10,
      formula: "",
    },
    change: { delta, verdict, finding, interval: { low: -20, high: 20 } },
  } as MeasureFragment;
}

describe("the verdict", () => {
  test("names clear changes only", () => {
    expect(customersFeel([measure("nps", 7, "CLEAR"), measure("csat", -1, "WEAK")])).toBe(
      "happier",
    );
    expect(customersFeel([measure("nps", -7, "CLEAR"), measure("csat", 1, "CLEAR")])).toBe("mixed");
  });

  test("says that nothing changed only where the whole likely range is small", () => {
    const same = measure("nps", 1, "NONE", true, "ABOUT_THE_SAME");
    expect(customersFeel([same, same])).toBe("same");
    expect(customersFeel([same, measure("csat", -1, "NONE")])).toBe("unclear");
    expect(customersFeel([measure("nps", 7, "WEAK"), same])).toBe("unclear");
    expect(staffStay(measure("turnoverRate", 1, "NONE", false, "ABOUT_THE_SAME"))).toBe("same");
    expect(staffStay(measure("turnoverRate", 1, "NONE", false))).toBe("unclear");
  });

  test("says when nothing can be said", () => {
    const few = {
      ...measure("nps", 0, "NONE"),
      value: null,
      status: "INSUFFICIENT_BASE",
      change: null,
    } as MeasureFragment;
    expect(customersFeel([few, null])).toBe("tooFew");
    expect(customersFeel([{ ...few, status: "NO_DATA" }])).toBe("none");
    expect(customersFeel([{ ...measure("nps", 0, "NONE"), change: null }])).toBe("unjudged");
  });

  test("names what staff clearly said, and nothing where that is not clear", () => {
    const of = (delta: number, verdict: "CLEAR" | "NONE") =>
      staffFeel(staffMeasures({ enps: measure("enps", delta, verdict), burnout: null }));
    expect(of(-9, "CLEAR")).toBe("unhappier");
    expect(of(-9, "NONE")).toBeUndefined();
    const burnout = measure("burnout", 6, "CLEAR", false);
    expect(staffFeel(staffMeasures({ enps: measure("enps", 9, "CLEAR"), burnout }))).toBe("mixed");
    expect(staffFeel(staffMeasures({}))).toBeUndefined();
  });

  test("fewer leavers are better", () => {
    expect(staffStay(measure("turnoverRate", -0.1, "CLEAR", false))).toBe("fewerLeave");
    expect(staffStay(measure("turnoverRate", 0.1, "WEAK", false))).toBe("unclear");
  });

  test("staff without a value are few, still counted or not recorded", () => {
    const none = { ...measure("turnoverRate", 0, "NONE", false), value: null, change: null };
    const of = (status: string) => staffStay({ ...none, status } as MeasureFragment);
    expect(of("INSUFFICIENT_BASE")).toBe("tooFew");
    expect(of("COUNTING")).toBe("counting");
    expect(of("NO_DATA")).toBe("none");
  });

  test("looks at all that has become worse, the clear and the perhaps apart", () => {
    const measures = [
      measure("a", -1, "WEAK"),
      measure("b", 5, "CLEAR"),
      measure("c", 0.1, "CLEAR", false),
      measure("d", -3, "WEAK"),
    ];
    expect(lookAt(measures).clear.map(({ id }) => id)).toEqual(["c"]);
    expect(lookAt(measures).weak.map(({ id }) => id)).toEqual(["a", "d"]);
  });
});
