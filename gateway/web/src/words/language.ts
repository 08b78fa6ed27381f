import type { Language } from "../../tools/words/languages.ts";

let language: Language = "en";

/** The language of the page. */
export function languageInUse(): Language {
  return language;
}

/** Makes a language the page's; before anything is drawn. */
export function speak(wanted: Language): void {
  language = wanted;
  document.documentElement.lang = wanted;
}
