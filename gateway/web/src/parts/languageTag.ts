import { isWritten, languageOf } from "~/words/macedonian.ts";
import { languageInUse } from "~/words/words.ts";

/** A language as it was sent, if it is one: what `lang` may say. */
export function langOf(tag: string | null): string | undefined {
  if (tag === null) return undefined;
  try {
    return Intl.getCanonicalLocales(tag)[0];
  } catch {
    return undefined; // whatever was sent in the place of a language
  }
}

/** What a language is called in that of the page; what is none, as it was sent. */
export function languageName(tag: string): string {
  const known = langOf(tag);
  if (known === undefined) return tag;
  if (languageInUse() === "mk" && !isWritten()) return languageOf(known) ?? tag;
  return new Intl.DisplayNames(languageInUse(), { type: "language" }).of(known) ?? tag;
}
