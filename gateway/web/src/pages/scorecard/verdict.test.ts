import { describe, expect, test } from "vitest";
import type { MeasureFragment } from "~/parts/score/measure.generated.ts";
import { customersFeel, lookAt, staffStay } from "./verdict.ts";

function measure(
  key: string,
  delta: number,
  verdict: "CLEAR" | "WEAK" | "NONE",
  higherIsBetter = true,
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
    change: { delta, verdict, interval: { low: 0, high: 1 } },
  } as MeasureFragment;
}

describe("the verdict", () => {
  test("names clear changes only", () => {
    expect(customersFeel([measure("nps", 7, "CLEAR"), measure("csat", -1, "WEAK")])).toBe(
      "happier",
    );
    expect(customersFeel([measure("nps", 7, "WEAK"), measure("csat", -1, "NONE")])).toBe("same");
    expect(customersFeel([measure("nps", -7, "CLEAR"), measure("csat", 1, "CLEAR")])).toBe("mixed");
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

  test("fewer leavers are better", () => {
    expect(staffStay(measure("turnoverRate", -0.1, "CLEAR", false))).toBe("fewerLeave");
    expect(staffStay(measure("turnoverRate", 0.1, "WEAK", false))).toBe("same");
  });

  test("looks at clear worsenings first, and at two at most", () => {
    const measures = [
      measure("a", -1, "WEAK"),
      measure("b", 5, "CLEAR"),
      measure("c", 0.1, "CLEAR", false),
      measure("d", -3, "WEAK"),
    ];
    expect(lookAt(measures).map(({ id }) => id)).toEqual(["c", "a"]);
  });
});
