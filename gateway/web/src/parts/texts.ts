/** A text in its own language, and the same in others. */
export interface InLanguages {
  text: string;
  texts: { language: string; text: string }[];
}

export interface Spoken {
  text: string;
  language: string;
}

/** A text in the wished language, else in the language it was written in first. */
export function spoken(of: InLanguages, own: string | null, wished: string): Spoken {
  const found = of.texts.find(({ language }) => isSame(language, wished));
  return found ?? { text: of.text, language: own ?? "" };
}

function isSame(tag: string, wished: string): boolean {
  return tag.toLowerCase().split("-")[0] === wished.toLowerCase().split("-")[0];
}
