import { useState } from "preact/hooks";
import { Drop } from "~/parts/Drop.tsx";
import { chooseLanguage, LANGUAGES, type Language, languageInUse, t } from "~/words/words.ts";
import { signOut } from "./signOut.ts";
import { chooseTheme, chosenTheme, THEMES } from "./theme.ts";
import { useViewer } from "./viewer.ts";

const OWN_NAMES: Record<Language, string> = {
  en: "English",
  lv: "Latviešu",
  lt: "Lietuvių",
  sl: "Slovenščina",
  mk: "Македонски",
};

/** Language, appearance, what one may see, and the way out. */
export function UserMenu() {
  const { name } = useViewer();
  const [theme, setTheme] = useState(chosenTheme());
  return (
    <Drop label={name}>
      <LanguageList />
      <hr />
      <h2>{t("shell.appearance")}</h2>
      <ul>
        {THEMES.map((one) => (
          <li key={one}>
            <button
              type="button"
              class={one === theme ? "on" : ""}
              aria-pressed={one === theme}
              onClick={() => {
                chooseTheme(one);
                setTheme(one);
              }}
            >
              {t(`shell.theme_${one}`)}
            </button>
          </li>
        ))}
      </ul>
      <hr />
      <ul>
        <li>
          <a href="/me">{t("shell.whatISee")}</a>
        </li>
        <li>
          <button type="button" onClick={signOut}>
            {t("shell.signOut")}
          </button>
        </li>
      </ul>
    </Drop>
  );
}

export function LanguageList() {
  return (
    <>
      <h2>{t("shell.language")}</h2>
      <ul>
        {LANGUAGES.map((language) => (
          <li key={language}>
            <button
              type="button"
              lang={language}
              class={language === languageInUse() ? "on" : ""}
              aria-pressed={language === languageInUse()}
              onClick={() => chooseLanguage(language)}
            >
              {OWN_NAMES[language]}
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
