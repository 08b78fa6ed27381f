// relay-compiler over the queries of the app: it holds the schema to Relay's rules, and makes what the app runs on.
import { execFileSync } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { finish, judge } from "../claims.js";

const at = (path) => fileURLToPath(new URL(path, import.meta.url));

await judge("the app's queries compile", async () => {
  execFileSync(at("../node_modules/.bin/relay-compiler"), ["relay.config.json"], { cwd: at("."), stdio: "pipe" });
  if (!existsSync(at("__generated__/queriesChildrenQuery.graphql.js"))) throw new Error("nothing was made");
  // What it makes names its neighbours without .js, which only modules of the older kind may.
  writeFileSync(at("__generated__/package.json"), '{ "type": "commonjs" }');
});
finish();
