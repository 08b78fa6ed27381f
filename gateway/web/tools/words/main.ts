// Writes the keys of all words, and what each takes, as types: a wrong key or a forgotten value does not compile.
import { writeFileSync } from "node:fs";
import { type Kind, readWords } from "./read.ts";

const TYPES: Record<Kind, string> = { words: "string | number", number: "number", tag: "Tag" };

const root = new URL("../..", import.meta.url).pathname;
const lines = readWords(root).map(({ key, takes }) => {
  const given = [...takes].filter(([name]) => name !== "b");
  const values = given.map(([name, kind]) => `${JSON.stringify(name)}: ${TYPES[kind]}`).join("; ");
  return `  ${JSON.stringify(key)}: ${values === "" ? "Record<never, never>" : `{ ${values} }`};`;
});
const text = `import type { Tag } from "./words.ts";\n\nexport type { Tag };\nexport interface Words {\n${lines.join("\n")}\n}\n`;
writeFileSync(new URL("../../src/words/keys.generated.ts", import.meta.url), text);
