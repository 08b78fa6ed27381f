// The first page may weigh so much, compressed: what index.html names, the words of one language, and the scorecard.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

const MOST_KB = 250;

const dist = new URL("../dist/", import.meta.url).pathname;
const html = readFileSync(join(dist, "index.html"), "utf8");
const named = [...html.matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)].map(
  (match) => match[1] ?? "",
);
const first = readdirSync(join(dist, "assets"))
  .filter((name) => /^(en|scorecard)-.*\.js$/i.test(name))
  .map((name) => `assets/${name}`);
const files = new Set(["index.html", ...named, ...first]);
const bytes = [...files].reduce(
  (sum, name) => sum + gzipSync(readFileSync(join(dist, name)), { level: 9 }).length,
  0,
);
const kb = Math.ceil(bytes / 1000);
process.stdout.write(
  `web: the first page is ${kb} kB compressed in ${files.size} files, of at most ${MOST_KB}\n`,
);
if (kb > MOST_KB) process.exit(1);
