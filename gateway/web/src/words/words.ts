import type { ComponentChildren } from "preact";
import { createElement, Fragment } from "preact";
import { remember, remembered } from "~/parts/remembered.ts";
import { LANGUAGES, type Language } from "../../tools/words/languages.ts";
import type { Words } from "./keys.generated.ts";
import { languageInUse, speak } from "./language.ts";
import { fill, type Values as Given, type Message } from "./message.ts";

export { LANGUAGES, type Language, languageInUse };
export type Key = keyof Words;
/** How a part in angle brackets is drawn. */
export type Tag = (children: ComponentChildren) => ComponentChildren;
type Values<K extends Key> =
  Words[K] extends Record<never, never>
    ? keyof Words[K] extends never
      ? []
      : [values: Words[K]]
    : never;

const KEPT_AS = "cxm.language";

/** How the words of each language are fetched. */
export type WordLoaders = Record<Language, () => Promise<{ default: Record<string, Message> }>>;

const loaders: WordLoaders = {
  en: () => import("virtual:words/en"),
  lv: () => import("virtual:words/lv"),
  lt: () => import("virtual:words/lt"),
  sl: () => import("virtual:words/sl"),
  mk: () => import("virtual:words/mk"),
};

let messages: Record<string, Message> = {};

/** The language kept in this browser, else the first that the browser wishes, else English. */
export function wishedLanguage(wishes: readonly string[] = navigator.languages): Language {
  for (const wish of [remembered(KEPT_AS), ...wishes]) {
    const found = LANGUAGES.find((known) => known === wish?.toLowerCase().split("-")[0]);
    if (found !== undefined) return found;
  }
  return "en";
}

/** Keeps a choice in this browser and opens the page anew in that language. */
export function chooseLanguage(chosen: Language): void {
  remember(KEPT_AS, chosen);
  location.reload();
}

/** Makes a language the page's; before anything is drawn. */
export async function loadWords(wanted: Language, from: WordLoaders = loaders): Promise<void> {
  speak(wanted);
  messages = (await from[wanted]()).default;
}

/** A sentence as text. Numbers and dates are given as they are shown, see format.ts. */
export function t<K extends Key>(key: K, ...values: Values<K>): string {
  return onceStopped(flat(formatted(key, { b: flat, ...values[0] })));
}

/** A sentence whose parts in angle brackets are drawn: <b> by itself, others as their value says. */
export function rich<K extends Key>(key: K, ...values: Values<K>): ComponentChildren {
  const bold: Tag = (children) => createElement("b", null, children);
  return createElement(
    Fragment,
    null,
    formatted(key, { b: bold, ...values[0] }) as ComponentChildren,
  );
}

/** Sentences without values in another language than the page's: what people see who were asked in it. */
export async function wordsIn(other: Language): Promise<(key: Key) => string> {
  const known = other === languageInUse() ? messages : (await loaders[other]()).default;
  return (key) => {
    const message = known[key];
    if (typeof message !== "string") throw new Error(`${key} is no plain sentence`);
    return message;
  };
}

function flat(children: unknown): string {
  return Array.isArray(children) ? children.join("") : String(children);
}

/** A date that ends with an abbreviation, as in Lithuanian, ends its sentence too. */
function onceStopped(text: string): string {
  return text.replace(/(?<!\.)\.\.(?!\.)/g, ".");
}

/** What turns the direction of all that follows; in a name inside a sentence it would turn the sentence. */
const TURNING = /[\u202a-\u202e\u2066-\u2069]/g;

function straight(values: Given): Given {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === "string" ? value.replace(TURNING, "") : value,
    ]),
  );
}

function formatted(key: Key, values: Given): unknown[] {
  const message = messages[key];
  if (message === undefined) throw new Error(`no words for ${key}`);
  return fill(message, straight(values));
}
