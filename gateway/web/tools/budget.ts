// The first page may weigh so much, compressed: what index.html names, the words of one language, the scorecard, and what these import.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

const MOST_KB = 250;
/** `import … from "./name.js"`; `import("./name.js")` is loaded later, if at all. */
const IMPORTED = /(?:from|import)\s*"\.\/([^"]+)"/g;

const dist = new URL("../dist/", import.meta.url).pathname;

function read(name: string): Buffer {
  return readFileSync(join(dist, name));
}

function withImports(name: string, found: Set<string>): void {
  if (found.has(name)) return;
  found.add(name);
  if (!name.endsWith(".js")) return;
  for (const [, other] of read(name).toString().matchAll(IMPORTED)) {
    withImports(`assets/${other}`, found);
  }
}

const html = read("index.html").toString();
const named = [...html.matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)].map(
  (match) => match[1] ?? "",
);
const first = readdirSync(join(dist, "assets"))
  .filter((name) => /^(en|scorecard)-.*\.js$/i.test(name))
  .map((name) => `assets/${name}`);
const files = new Set<string>();
for (const name of ["index.html", ...named, ...first]) withImports(name, files);
const bytes = [...files].reduce((sum, name) => sum + gzipSync(read(name), { level: 9 }).length, 0);
const kb = Math.ceil(bytes / 1000);
process.stdout.write(
  `web: the first page is ${kb} kB compressed in ${files.size} files, of at most ${MOST_KB}\n`,
);
if (kb > MOST_KB) process.exit(1);
