import { expect, test } from "vitest";
import { linksFile, respondAddress, snippetOf } from "./addresses.ts";

test("an address holds keys of any kind", () => {
  expect(respondAddress("https://x.example", "a/b ?c")).toBe("https://x.example/r/a%2Fb%20%3Fc");
  expect(
    respondAddress("https://x.example", "visit", { touchpoint: "till & co", language: "lv" }),
  ).toBe("https://x.example/r/visit?t=till+%26+co&lang=lv");
});

test("nothing of a title becomes markup in a snippet", () => {
  const snippet = snippetOf("https://x.example/r/a?t=1&d=2", `"><script>alert('1')</script>`, `"x`);
  expect(snippet.match(/</g)).toHaveLength(4);
  expect(snippet).toContain("&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;");
  expect(snippet).toContain("?t=1&amp;d=2");
  expect(snippet).toContain('lang="&quot;x"');
});

test("a file of links has one a row", () => {
  const link = respondAddress("https://x.example", "=1+1", { invitation: "abc" });
  expect(linksFile([link], "2026-12-01T00:00:00Z")).toBe(
    "number,link,expires_at\r\n1,https://x.example/r/%3D1%2B1?i=abc,2026-12-01T00:00:00Z\r\n",
  );
});
