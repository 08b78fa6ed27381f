import { useEffect, useState } from "preact/hooks";
import { Said } from "~/parts/Said.tsx";
import { type Key, LANGUAGES, type Language, languageInUse, t, wordsIn } from "~/words/words.ts";
import { nameOfLanguage } from "../names.ts";
import type { SurveyWholeFragment } from "../queries.generated.ts";
import { languagesOf, spoken, titleOf } from "../texts.ts";
import { PreviewQuestion } from "./PreviewQuestion.tsx";

/** What respondents see, in each language. Nothing that is chosen here is stored. */
export function Preview({ survey }: { survey: SurveyWholeFragment }) {
  const languages = languagesOf(survey);
  const [language, setLanguage] = useState(
    languages.includes(languageInUse()) ? languageInUse() : (languages[0] ?? ""),
  );
  const say = useWordsIn(language);
  return (
    <section class="card" aria-labelledby="h-preview">
      <h2 id="h-preview">{t("survey.preview")}</h2>
      <p class="lede">{t("survey.previewStores")}</p>
      <div class="fld">
        <label for="preview-language">{t("survey.previewLanguage")}</label>
        <select
          class="field"
          id="preview-language"
          value={language}
          onChange={(event) => setLanguage(event.currentTarget.value)}
        >
          {languages.map((tag) => (
            <option key={tag} value={tag}>
              {nameOfLanguage(tag)}
            </option>
          ))}
        </select>
      </div>
      {say && (
        <div class="phone mt" lang={language || undefined}>
          <h3>
            <Said {...spoken(titleOf(survey), survey.language, language)} />
          </h3>
          {survey.questions.map((question) => (
            <PreviewQuestion
              key={`${question.key} ${language}`}
              question={question}
              own={survey.language}
              language={language}
              say={say}
            />
          ))}
        </div>
      )}
    </section>
  );
}

/** The page's own words as respondents of a language see them; of a language cxm has none in, those of this page. */
function useWordsIn(tag: string): ((key: Key) => string) | undefined {
  const [say, setSay] = useState<(key: Key) => string>();
  const [first] = tag.toLowerCase().split("-");
  const known: Language = LANGUAGES.find((one) => one === first) ?? languageInUse();
  useEffect(() => {
    let isWanted = true;
    wordsIn(known).then((found) => isWanted && setSay(() => found));
    return () => {
      isWanted = false;
    };
  }, [known]);
  return say;
}
