import { globSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { type MessageFormatElement, parse, TYPE } from "@formatjs/icu-messageformat-parser";
import { LANGUAGES, type Language } from "./languages.ts";

type Parsed = Record<Language, MessageFormatElement[]>;

export interface Message {
  /** Folder and name, e.g. `scorecard.title`. */
  key: string;
  parsed: Parsed;
  /** Name of each argument and what may be given for it. */
  takes: Map<string, Kind>;
}

export type Kind = "words" | "number" | "tag";

/** What no language's plural rules need: of Lithuanian, `many` is for fractions alone. */
const SELDOM: Partial<Record<Language, string[]>> = { lt: ["many"] };

/** All messages of src/∗∗/words.json; throws one error that names everything that is wrong. */
export function readWords(root: string): Message[] {
  const wrong: string[] = [];
  const messages: Message[] = [];
  for (const file of globSync("src/**/words.json", { cwd: root }).sort()) {
    const noun = basename(dirname(file));
    const texts: Record<string, Record<string, string>> = JSON.parse(
      readFileSync(join(root, file), "utf8"),
    );
    for (const [name, text] of Object.entries(texts)) {
      const message = readMessage(`${noun}.${name}`, text, wrong);
      if (message !== undefined) messages.push(message);
    }
  }
  const keys = messages.map((message) => message.key);
  for (const key of new Set(keys.filter((key, at) => keys.indexOf(key) !== at))) {
    wrong.push(`${key}: is there twice`);
  }
  if (wrong.length > 0) throw new Error(`words that are wrong:\n  ${wrong.join("\n  ")}`);
  return messages;
}

/** One message in all languages; what is wrong with it is added to `wrong`. */
export function readMessage(
  key: string,
  texts: Record<string, string>,
  wrong: string[],
): Message | undefined {
  const before = wrong.length;
  const parsed: Partial<Parsed> = {};
  let takes: Map<string, Kind> | undefined;
  for (const language of LANGUAGES) {
    const text = texts[language];
    if (!text) {
      wrong.push(`${key}: has no ${language}`);
      continue;
    }
    try {
      parsed[language] = parse(text, { shouldParseSkeletons: false });
    } catch (error) {
      wrong.push(`${key}, ${language}: ${error}`);
      continue;
    }
    const arguments_ = new Map<string, Kind>();
    look(parsed[language], language, arguments_, (text) =>
      wrong.push(`${key}, ${language}: ${text}`),
    );
    takes ??= arguments_;
    const expected = [...takes.keys()].sort().join(" ");
    const given = [...arguments_.keys()].sort().join(" ");
    if (expected !== given) wrong.push(`${key}, ${language}: takes (${given}), not (${expected})`);
  }
  for (const language of Object.keys(texts)) {
    if (!LANGUAGES.includes(language as Language)) wrong.push(`${key}: what is ${language}?`);
  }
  if (wrong.length > before || takes === undefined) return undefined;
  return { key, parsed: parsed as Parsed, takes };
}

/** Notes what a message takes, and complains of what no translator should have to write. */
function look(
  elements: MessageFormatElement[],
  language: Language,
  takes: Map<string, Kind>,
  complain: (text: string) => void,
): void {
  const lookInto = (inner: MessageFormatElement[]) => look(inner, language, takes, complain);
  for (const element of elements) {
    switch (element.type) {
      case TYPE.literal:
      case TYPE.pound:
        break;
      case TYPE.argument:
        take(takes, element.value, "words");
        break;
      case TYPE.tag:
        take(takes, element.value, "tag");
        lookInto(element.children);
        break;
      case TYPE.plural:
        take(takes, element.value, "number");
        if (element.offset !== 0 || element.pluralType !== "cardinal")
          complain("a plural counts plainly, from nothing");
        checkPlural(Object.keys(element.options), language, complain);
        for (const option of Object.values(element.options)) lookInto(option.value);
        break;
      default:
        complain(
          "has a part that src/words/message.ts does not know; numbers and dates are formatted before they are given",
        );
    }
  }
}

/** A count that is shown with a plural may be given both ways; the plural needs the number. */
function take(takes: Map<string, Kind>, name: string, kind: Kind): void {
  if (takes.get(name) !== "number") takes.set(name, kind);
}

function checkPlural(given: string[], language: Language, complain: (text: string) => void): void {
  const categories = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
  for (const category of given) {
    if (!category.startsWith("=") && !(categories as string[]).includes(category)) {
      complain(`has no plural "${category}", only ${categories.join(", ")}`);
    }
  }
  for (const category of categories) {
    if (!given.includes(category) && !SELDOM[language]?.includes(category)) {
      complain(`needs the plural "${category}"`);
    }
  }
}
