import { expect, test } from "vitest";
import type { AlertShownFragment } from "./queries.generated.ts";
import { inOrder } from "./useAlerts.ts";

function alert(
  id: string,
  action: "ACTING" | "NO_ACTION" | null,
  key = "care",
): AlertShownFragment {
  return {
    id,
    raisedAt: "2026-11-18T09:00:00Z",
    since: "2026-11-23",
    value: -10,
    valueInterval: null,
    base: 200,
    usual: 30,
    segment: null,
    department: { key, name: key },
    touchpoint: null,
    metric: { key: "nps", version: 1, name: "Net Promoter Score", unit: "POINTS" },
    acknowledgement: action === null ? null : { action },
  };
}

test("what nobody has seen comes first, the own before others, without what nothing is done about", () => {
  const open = [
    alert("a", "ACTING"),
    alert("b", "NO_ACTION"),
    alert("c", null, "chat"),
    alert("d", null),
  ];

  expect(inOrder(open, "care").map(({ id }) => id)).toEqual(["d", "c", "a"]);
});
