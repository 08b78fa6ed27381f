// Messages as tools/words/plugin.ts writes them: a text, or the parts that the parser of ICU messages found in it.

import { number } from "./format.ts";
import { languageInUse } from "./language.ts";

export type Message = string | Part[];
export type Values = Record<string, unknown>;

type Part =
  | { type: typeof TEXT | typeof VALUE; value: string }
  | { type: typeof PLURAL; value: string; options: Options }
  | { type: typeof POUND }
  | { type: typeof TAG; value: string; children: Part[] };
type Options = Record<string, { value: Part[] } | undefined>;

const TEXT = 0;
const VALUE = 1;
const PLURAL = 6;
const POUND = 7;
const TAG = 8;

const plurals = new Map<string, Intl.PluralRules>();

/** A message with its values in their places: texts that touch are one, what is drawn stays itself. */
export function fill(message: Message, values: Values): unknown[] {
  return typeof message === "string" ? [message] : filled(message, values, 0);
}

function filled(parts: Part[], values: Values, count: number): unknown[] {
  const found: unknown[] = [];
  for (const one of parts.flatMap((part) => ofPart(part, values, count))) {
    const last = found.at(-1);
    if (typeof one === "string" && typeof last === "string") found[found.length - 1] = last + one;
    else found.push(one);
  }
  return found;
}

function ofPart(part: Part, values: Values, count: number): unknown[] {
  switch (part.type) {
    case TEXT:
      return [part.value];
    case VALUE: {
      const value = given(part.value, values);
      return [typeof value === "number" ? String(value) : (value ?? "")];
    }
    case PLURAL: {
      const of = Number(given(part.value, values));
      return filled(caseOf(part.options, of), values, of);
    }
    case POUND:
      return [number(count)];
    case TAG: {
      const draw = given(part.value, values) as (children: unknown[]) => unknown;
      return [draw(filled(part.children, values, count))];
    }
  }
}

function given(name: string, values: Values): unknown {
  if (!(name in values)) throw new Error(`no value for ${name}`);
  return values[name];
}

function caseOf(options: Options, count: number): Part[] {
  const language = languageInUse();
  let rules = plurals.get(language);
  if (rules === undefined) {
    rules = new Intl.PluralRules(language);
    plurals.set(language, rules);
  }
  const option = options[`=${count}`] ?? options[rules.select(count)] ?? options["other"];
  if (option === undefined) throw new Error(`no words for ${count}`);
  return option.value;
}
