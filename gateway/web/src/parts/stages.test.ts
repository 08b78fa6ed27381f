import { expect, test } from "vitest";
import { byStage } from "./stages.ts";

test("stages stand as customers meet them, own ones after, and what has none last", () => {
  const keys = [null, "zeal", "loyalty", "post-purchase", "advice", "awareness", "purchase"];
  expect(keys.sort(byStage)).toEqual([
    "awareness",
    "purchase",
    "post-purchase",
    "loyalty",
    "advice",
    "zeal",
    null,
  ]);
});
