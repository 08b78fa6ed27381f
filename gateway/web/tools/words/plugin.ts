import type { Plugin } from "vite";
import { LANGUAGES, type Language } from "./languages.ts";
import { readWords } from "./read.ts";

const PREFIX = "virtual:words/";
/** Folders that are a page of their own: their words stand in modules of their own. */
const APART = ["explorer"];

/** Words of one language as a module of its own, parsed while building: the parser is not sent to browsers. */
export function words(): Plugin {
  let root = "";
  return {
    name: "words",
    configResolved(config) {
      root = config.root;
    },
    resolveId(id) {
      return id.startsWith(PREFIX) ? `\0${id}` : undefined;
    },
    load(id) {
      if (!id.startsWith(`\0${PREFIX}`)) return undefined;
      const [language, apart] = id.slice(PREFIX.length + 1).split("/") as [Language, string?];
      if (!LANGUAGES.includes(language)) throw new Error(`no words in ${language}`);
      const entries = readWords(root)
        .filter(({ key }) => APART.find((noun) => key.startsWith(`${noun}.`)) === apart)
        .map(({ key, parsed }) => [key, short(parsed[language])]);
      return `export default JSON.parse(${JSON.stringify(JSON.stringify(Object.fromEntries(entries)))});`;
    },
    handleHotUpdate({ file, server }) {
      if (file.endsWith("words.json")) server.hot.send({ type: "full-reload" });
    },
  };
}

/** A message that is only text is its text. */
function short(elements: unknown[]): unknown {
  const [first] = elements as { type: number; value: string }[];
  if (elements.length === 1 && first?.type === 0) return first.value;
  return elements.map(bare);
}

/** Without where in the text each part stood. */
function bare(element: unknown): unknown {
  return JSON.parse(
    JSON.stringify(element, (name, value) => (name === "location" ? undefined : value)),
  );
}
