/** The languages that every visible string is written in; the first one is the source. */
export const LANGUAGES = ["en", "lv", "lt", "sl", "mk"] as const;
export type Language = (typeof LANGUAGES)[number];
