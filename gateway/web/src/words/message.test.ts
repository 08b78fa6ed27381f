import { parse } from "@formatjs/icu-messageformat-parser";
import { expect, test } from "vitest";
import { fill, type Message } from "./message.ts";

const read = (text: string) => parse(text) as Message;

test("values stand in their places, numbers as they are given, and texts that touch are one", () => {
  expect(fill("as it stands", {})).toEqual(["as it stands"]);
  expect(
    fill(read("{who} gave {count}, {nothing}"), { who: "Ana", count: 1200, nothing: null }),
  ).toEqual(["Ana gave 1200, "]);
  expect(() => fill(read("{who}"), {})).toThrow("who");
});

test("a plural takes the case of the very number, else that of the language, and writes the number for #", () => {
  const message = read("{n, plural, =0 {none} one {# answer} other {# answers by {who}}}");
  const words = (n: number) => fill(message, { n, who: "Ana" }).join("");
  expect(words(0)).toBe("none");
  expect(words(1)).toBe("1 answer");
  expect(words(1200)).toBe("1,200 answers by Ana");
});

test("a tag draws what stands in it, and what is drawn stays itself", () => {
  const drawn = { drawn: true };
  const b = (children: unknown[]) => ({ bold: children });
  expect(
    fill(read("a <b>{count, plural, one {# b} other {#}}</b> {what}"), {
      b,
      count: 1,
      what: drawn,
    }),
  ).toEqual(["a ", { bold: ["1 b"] }, " ", drawn]);
});
