import { beforeAll, expect, test, vi } from "vitest";
import { loadWords } from "~/words/words.ts";
import { type Linked, limitsOf, strengthOf, titleOf } from "./linkSays.ts";

beforeAll(async () => {
  vi.stubGlobal("document", { documentElement: {} });
  await loadWords("en");
});

const TOGETHER: Linked = {
  verdict: "TOGETHER",
  betterTogether: true,
  departments: 28,
  detectable: 0.512,
  limits: [],
  coefficients: [
    { kind: "LEVEL", lag: 0, r: 0.5, interval: { low: 0.3, high: 0.7 } },
    { kind: "BETWEEN", lag: 0, r: 0.45, interval: { low: 0.03, high: 0.73 } },
    { kind: "WITHIN", lag: 0, r: -0.1, interval: { low: -0.3, high: 0.1 } },
  ],
  points: [],
};

test("departments that go together are said to, and no more than that", () => {
  expect(titleOf(TOGETHER, "engagement")).toBe(
    "Departments with more engaged staff tend to have happier customers",
  );
  expect(limitsOf(TOGETHER)).toBe("It does not show which comes first.");
  expect(strengthOf(TOGETHER)).toBe(
    "28 departments with both numbers, by quarter; the latest quarter stands out. " +
      "Link between departments 0.45, likely 0.03 to 0.73. " +
      "Link of changes within them −0.10, likely −0.30 to 0.10.",
  );
});

test("the other way round is another sentence", () => {
  expect(titleOf({ ...TOGETHER, betterTogether: false }, "turnoverRate")).toBe(
    "Departments that more people leave tend to have happier customers",
  );
});

test("no clear link says what so many departments would show", () => {
  const none: Linked = { ...TOGETHER, verdict: "NO_CLEAR_LINK", betterTogether: null };
  expect(titleOf(none, "engagement")).toBe("No clear link between staff and customers");
  expect(limitsOf(none)).toBe(
    "A weaker one may be there: 28 departments would show only a link of 0.51 or more.",
  );
});

test("where a number is the same everywhere it is said that no link can be seen", () => {
  const flat: Linked = {
    ...TOGETHER,
    verdict: "NO_CLEAR_LINK",
    betterTogether: null,
    detectable: null,
    limits: ["ONE_VALUE"],
    coefficients: [],
  };
  expect(limitsOf(flat)).toBe("One of the numbers is the same everywhere, so no link can be seen.");
});

test("below 20 departments no strength is told", () => {
  const few: Linked = {
    ...TOGETHER,
    verdict: "TOO_FEW_DEPARTMENTS",
    departments: 7,
    coefficients: [],
    limits: ["SAME_SOURCE", "ONE_PERIOD", "NO_HEADCOUNTS"],
  };
  expect(titleOf(few, "engagement")).toBe(
    "Too few departments to say whether staff and customers go together",
  );
  expect(limitsOf(few)).toBe(
    "It takes 20 departments with both numbers; here there are 7. " +
      "Some answers that count as customers' were given by staff: then a link says little. " +
      "Both numbers are known in one period only, so nothing is said of changes.",
  );
  expect(strengthOf(few)).toBe(
    "7 departments with both numbers, by quarter; the latest quarter stands out.",
  );
});
