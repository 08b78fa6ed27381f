import { expect, test } from "vitest";
import { keyOf } from "./keyOf.ts";

test.each([
  ["Shop North", "shop-north"],
  ["Klientu apkalpošana (Rīga)", "klientu-apkalposana-riga"],
  ["Продавница", ""],
  [`${"a".repeat(63)} b`, "a".repeat(63)],
])("the key of %s", (name, key) => {
  expect(keyOf(name)).toBe(key);
});
