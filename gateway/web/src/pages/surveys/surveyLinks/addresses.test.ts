import { expect, test } from "vitest";
import { linksFile, respondAddress } from "./addresses.ts";

test("an address holds keys of any kind", () => {
  expect(respondAddress("https://x.example", "a/b ?c")).toBe("https://x.example/r/a%2Fb%20%3Fc");
  expect(
    respondAddress("https://x.example", "visit", { touchpoint: "till & co", language: "lv" }),
  ).toBe("https://x.example/r/visit?t=till+%26+co&lang=lv");
});

test("a file of links has one a row", () => {
  const link = respondAddress("https://x.example", "=1+1", { invitation: "abc" });
  expect(linksFile([link], "2026-12-01T00:00:00Z")).toBe(
    "number,link,expires_at\r\n1,https://x.example/r/%3D1%2B1?i=abc,2026-12-01T00:00:00Z\r\n",
  );
});
