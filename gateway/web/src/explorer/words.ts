import type { WordLoaders } from "~/words/words.ts";

/** Words of the explorer alone: those of the pages are not sent to it, nor these to them. */
export const explorerWords: WordLoaders = {
  en: () => import("virtual:words/en/explorer"),
  lv: () => import("virtual:words/lv/explorer"),
  lt: () => import("virtual:words/lt/explorer"),
  sl: () => import("virtual:words/sl/explorer"),
  mk: () => import("virtual:words/mk/explorer"),
};
