import { type Spoken, spoken } from "~/parts/texts.ts";
import { languageInUse } from "~/words/words.ts";
import type { WaveRowFragment } from "./queries.generated.ts";

/** What a wave is called in the language of the page. */
export function nameOfWave({
  name,
  names,
  language,
}: Pick<WaveRowFragment, "name" | "names" | "language">): Spoken {
  return spoken({ text: name, texts: names }, language, languageInUse());
}

/** Where the pages of a wave are. The key "new" is written so that it is not the page for a new one. */
export function waveAddress(key: string, page = ""): string {
  const part = key === "new" ? "%6Eew" : encodeURIComponent(key);
  return `/waves/${part}${page}`;
}
