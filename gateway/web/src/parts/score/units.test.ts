import { expect, test, vi } from "vitest";
import { speak } from "~/words/language.ts";
import { addingUp, ownRange } from "./units.ts";

test("a mean is drawn on the scale of what it reads, and nowhere where that is not known", () => {
  expect(ownRange("SCALE", "CSAT")).toEqual({ low: 1, high: 5 });
  expect(ownRange("SCALE", "NPS")).toEqual({ low: 0, high: 10 });
  expect(ownRange("SCALE", null)).toBeUndefined();
  expect(ownRange("SHARE", null)).toEqual({ low: 0, high: 1 });
});

test("two parts of a change add up to it as they are written", () => {
  vi.stubGlobal("document", { documentElement: {} });
  speak("en");
  expect(addingUp("POINTS", -13.6, [-13.3, -0.3])).toEqual(["−14", "0"]);
  expect(addingUp("SHARE", 0.07, [0.05, 0.02])).toEqual(["+5", "+2"]);
  expect(addingUp("SCALE", -0.25, [-0.34, 0.09])).toEqual(["−0.3", "+0.1"]);
});
