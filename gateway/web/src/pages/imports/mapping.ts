// A mapping as docs/mapping.md has it, read and written as TOML, and changed a column at a time.

import { parse, stringify, TomlError } from "smol-toml";
import { keyOf } from "~/parts/keyOf.ts";

export interface Column {
  /** From 1, as a file has them. */
  number: number;
  title: string;
  /** Cells of the first rows. */
  cells: string[];
}

type Table = Record<string, unknown>;
export type Mapping = Record<string, unknown>;

/** The mapping that a text holds, or what is wrong with the text and in which line. */
export function read(text: string): { mapping: Mapping } | { wrong: string } {
  try {
    return { mapping: parse(text) };
  } catch (error) {
    if (error instanceof TomlError) return { wrong: error.message };
    throw error;
  }
}

export function write(mapping: Mapping): string {
  return stringify(mapping);
}

/** What a column is: "" for left out, `field:department`, `answer:recommend`, `option:use.web`. */
export function roleOf(mapping: Mapping, column: Column): string {
  for (const [field, place] of Object.entries(table(mapping, "columns"))) {
    if (isAt(place, column)) return `field:${field}`;
  }
  for (const [question, answer] of Object.entries(table(mapping, "answers"))) {
    if (isAt((answer as Table)["column"], column)) return `answer:${question}`;
    for (const [option, place] of Object.entries(table(answer as Table, "options"))) {
      if (isAt(place, column)) return `option:${question}.${option}`;
    }
  }
  return "";
}

/** The mapping in which a column is something else: a role as above, or `new:NPS` for a question made of its title. */
export function withRole(
  mapping: Mapping,
  column: Column,
  role: string,
  columns: readonly Column[],
): Mapping {
  const changed = without(mapping, column);
  const [what = "", name = ""] = split(role);
  const place = placeOf(column, columns);
  if (what === "field") changed["columns"] = { ...table(changed, "columns"), [name]: place };
  if (what === "new") {
    const answers = table(changed, "answers");
    const key = freeKey(column, answers);
    changed["answers"] = { ...answers, [key]: { column: place, kind: name } };
  }
  if (what === "asked") {
    changed["answers"] = { ...table(changed, "answers"), [name]: { column: place } };
  }
  return changed;
}

/** The mapping with another value in one of its tables; undefined takes the key away, and an empty table with it. */
export function withValue(mapping: Mapping, name: string, key: string, value: unknown): Mapping {
  const rest = { ...table(mapping, name) };
  delete rest[key];
  if (value !== undefined) rest[key] = value;
  const changed = { ...mapping, [name]: rest };
  if (Object.keys(rest).length === 0) delete (changed as Mapping)[name];
  return changed;
}

export function valueAt(mapping: Mapping, name: string, key: string): unknown {
  return table(mapping, name)[key];
}

function without(mapping: Mapping, column: Column): Mapping {
  const [what = "", name = ""] = split(roleOf(mapping, column));
  const changed = { ...mapping };
  if (what === "field") return withValue(changed, "columns", name, undefined);
  if (what === "answer") return withValue(changed, "answers", name, undefined);
  if (what === "option") {
    const [question = "", option = ""] = splitAt(name, ".");
    const answer = table(table(changed, "answers"), question);
    return withValue(changed, "answers", question, withValue(answer, "options", option, undefined));
  }
  return changed;
}

/** A column is named by its title; by its number where the title is blank or another one's too. */
function placeOf(column: Column, columns: readonly Column[]): string | number {
  const same = columns.filter(({ title }) => plain(title) === plain(column.title));
  return plain(column.title) === "" || same.length > 1 ? column.number : column.title;
}

function isAt(place: unknown, { number, title }: Column): boolean {
  if (typeof place === "number" || typeof place === "bigint") return Number(place) === number;
  return typeof place === "string" && plain(place) === plain(title);
}

function plain(title: string): string {
  return title.normalize("NFC").replace(/\s+/g, " ").trim();
}

function freeKey({ title, number }: Column, taken: Table): string {
  const key = keyOf(title) || `column-${number}`;
  return key in taken ? `${key}-${number}` : key;
}

function table(of: Table, name: string): Table {
  const found = of[name];
  return typeof found === "object" && found !== null ? (found as Table) : {};
}

function split(role: string): [string, string] {
  return splitAt(role, ":");
}

function splitAt(text: string, mark: string): [string, string] {
  const at = text.indexOf(mark);
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)];
}
