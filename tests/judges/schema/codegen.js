// docs/frontend as a frontend team copies it: types of all its operations by one configuration, then `tsc --strict`.
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Kind, parse } from "graphql";
import { finish, judge } from "../claims.js";

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const run = (cwd, program, ...words) => {
  try {
    execFileSync(at(`../node_modules/.bin/${program}`), words, { cwd, encoding: "utf8", stdio: "pipe" });
  } catch (error) {
    throw new Error(error.stdout + error.stderr);
  }
};

await judge("types of every operation", async () => {
  run(at("../frontend"), "graphql-codegen-esm", "--config", "codegen.ts");
  const made = readFileSync(at("../frontend/generated.ts"), "utf8");
  for (const file of readdirSync(at("../frontend/operations")))
    for (const each of parse(readFileSync(at(`../frontend/operations/${file}`), "utf8")).definitions)
      if (each.kind === Kind.OPERATION_DEFINITION && !made.includes(`export const ${each.name.value}Document`))
        throw new Error(`${each.name.value} has no document`);
  if (/:\s*any\b/.test(made)) throw new Error("a type is any: the map of scalars is not whole");
});
await judge("tsc --strict over them, and over code that uses them", async () => run(at("."), "tsc", "-p", "."));
finish();
