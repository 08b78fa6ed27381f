import { languageName } from "~/parts/languageTag.ts";
import { t } from "~/words/words.ts";

/** A language of a survey as the page calls it; "" is one that was not said. */
export function nameOfLanguage(tag: string): string {
  return tag === "" ? t("surveys.languageNotSaid") : languageName(tag);
}

/** Where the pages of a survey are. The key "new" is written so that it is not the page for a new one. */
export function surveyAddress(key: string, page = ""): string {
  const part = key === "new" ? "%6Eew" : encodeURIComponent(key);
  return `/surveys/${part}${page}`;
}
