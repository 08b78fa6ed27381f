import { remember, remembered } from "~/parts/remembered.ts";
export const THEMES = ["system", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

const KEPT_AS = "cxm.theme";

export function chosenTheme(): Theme {
  const kept = remembered(KEPT_AS);
  return THEMES.find((theme) => theme === kept) ?? "system";
}

/** Keeps a choice in this browser, and shows it. */
export function chooseTheme(theme: Theme): void {
  remember(KEPT_AS, theme);
  applyTheme();
}

/** Light or dark as chosen, else as the system says. */
export function applyTheme(): void {
  const theme = chosenTheme();
  if (theme === "system") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = theme;
}
