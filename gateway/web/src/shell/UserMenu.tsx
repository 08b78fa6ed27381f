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

/** What is one's own, under one's name. */
export function UserMenu() {
  const { name } = useViewer();
  return (
    <Drop label={name}>
      <Own />
    </Drop>
  );
}

/** Language, appearance, what one may see, and the way out. */
export function Own() {
  return (
    <>
      <Languages />
      <hr />
      <Themes />
      <hr />
      <ul>
        <li>
          <a href="/me">{t("shell.whatISee")}</a>
        </li>
        <li>
          <SignOut />
        </li>
      </ul>
    </>
  );
}

function Languages() {
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

function Themes() {
  const [theme, setTheme] = useState(chosenTheme());
  return (
    <>
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
    </>
  );
}

function SignOut() {
  const [hasFailed, setFailed] = useState(false);
  return (
    <>
      <button type="button" onClick={async () => setFailed(!(await signOut()))}>
        {t("shell.signOut")}
      </button>
      {hasFailed && (
        <p class="wrong" role="alert">
          {t("shell.notSignedOut")}
        </p>
      )}
    </>
  );
}
