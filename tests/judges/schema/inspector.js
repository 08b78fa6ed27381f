// The schema beside that of the last release, by graphql-inspector: what breaks clients was announced, or is reviewed here.
import { readFileSync } from "node:fs";
import { CriticalityLevel, DiffRule, diff } from "@graphql-inspector/core";
import { buildSchema } from "graphql";
import { finish, tell } from "../claims.js";

/** Paths of breaking changes that somebody looked at, each with why no client misses what it takes. */
const REVIEWED = new Map([]);
const BEFORE = `type Query { kept(by: Int): Int, taken: Int, old: Int @deprecated(reason: "announced") }`;
const AFTER = `type Query { kept(by: Int!): Int }`;

/** What breaks clients of `before`, without what it said would go. */
async function breaking(before, after) {
  const changes = await diff(buildSchema(before), buildSchema(after), [
    DiffRule.suppressRemovalOfDeprecatedField,
  ]);
  return changes.filter(({ criticality }) => criticality.level === CriticalityLevel.Breaking);
}

const read = (name) => readFileSync(new URL(name, import.meta.url), "utf8");
const found = await breaking(read("../released.graphql"), read("../schema.graphql"));
const unreviewed = found.filter(({ path }) => !REVIEWED.has(path));
const told = unreviewed.map(({ path, message }) => `${path}: ${message}`).join("\n");
tell("clients of the last release miss nothing", told ? new Error(told) : null);

const broken = (await breaking(BEFORE, AFTER)).map(({ path }) => path).join();
const isSeen = broken === "Query.kept.by,Query.taken" || broken === "Query.taken,Query.kept.by";
tell("what they would miss is found", isSeen ? null : new Error(`found ${broken}`));
finish();
