import { expect, test } from "vitest";
import { byKey, type Definition } from "./definitions.ts";

const METRIC: Definition = {
  key: "own",
  version: 1,
  name: "Own",
  unit: "SHARE",
  higherIsBetter: true,
  formula: "",
  denominator: "",
  minimumBase: 10,
  builtIn: false,
  secondary: null,
  calculation: null,
};

test("versions of a metric stand together, the newest first", () => {
  const other = { ...METRIC, key: "other" };
  const [own, second] = byKey([
    METRIC,
    { ...METRIC, version: 3 },
    other,
    { ...METRIC, version: 2 },
  ]);
  expect(own?.newest.version).toBe(3);
  expect(own?.older.map(({ version }) => version)).toEqual([2, 1]);
  expect(second?.newest.key).toBe("other");
});
