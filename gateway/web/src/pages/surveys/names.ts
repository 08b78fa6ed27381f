import { languageInUse, t } from "~/words/words.ts";

/** A language as the page calls it; its tag where there is no word for it. */
export function languageName(tag: string): string {
  if (tag === "") return t("surveys.languageNotSaid");
  try {
    return new Intl.DisplayNames(languageInUse(), { type: "language" }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}

/** Where the pages of a survey are. The key "new" is written so that it is not the page for a new one. */
export function surveyAddress(key: string, page = ""): string {
  const part = key === "new" ? "%6Eew" : encodeURIComponent(key);
  return `/surveys/${part}${page}`;
}
