import { Fragment } from "preact";
import { t } from "~/words/words.ts";
import { nameOfLanguage } from "../names.ts";
import type { SurveyWholeFragment } from "../queries.generated.ts";
import { languagesOf, missingIn, textsOf } from "../texts.ts";

/** In which languages a survey asks, and what each of them lacks. */
export function Languages({ survey }: { survey: SurveyWholeFragment }) {
  const all = textsOf(survey).length;
  const languages = languagesOf(survey);
  const lacks = languages.some((language) => missingIn(survey, language) > 0);
  return (
    <section class="card" aria-labelledby="h-languages">
      <h2 id="h-languages">{t("survey.languages")}</h2>
      <dl class="kv">
        {languages.map((language) => {
          const missing = missingIn(survey, language);
          return (
            <Fragment key={language}>
              <dt>{nameOfLanguage(language)}</dt>
              <dd>
                {missing === 0 ? t("survey.complete") : t("survey.missing", { missing, all })}
              </dd>
            </Fragment>
          );
        })}
      </dl>
      {lacks && (
        <p class="small muted mt">
          {t("survey.fallsBack", { language: nameOfLanguage(survey.language ?? "") })}
        </p>
      )}
    </section>
  );
}
