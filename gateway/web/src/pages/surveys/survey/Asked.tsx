import { Said } from "~/parts/Said.tsx";
import { languageInUse, t } from "~/words/words.ts";
import type { SurveyWholeFragment } from "../queries.generated.ts";
import { spoken } from "../texts.ts";

type Question = SurveyWholeFragment["questions"][number];

/** The questions in words: what is asked, and what may be answered. */
export function Asked({ survey }: { survey: SurveyWholeFragment }) {
  return (
    <section class="card" aria-labelledby="h-asked">
      <h2 id="h-asked">{t("survey.asked", { count: survey.questions.length })}</h2>
      <ol class="mt">
        {survey.questions.map((question, at) => (
          <li class="qn" key={question.key}>
            <span class="no" aria-hidden="true">
              {at + 1}
            </span>
            <div>
              <h3>
                <Said {...spoken(question, survey.language, languageInUse())} />
              </h3>
              <p class="small muted">
                <Said text={question.key} /> · {answersOf(question)}
                {question.item !== null && <> · {t("surveys.asksItem", { item: question.item })}</>}
              </p>
              <Options question={question} own={survey.language} />
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}

function answersOf({ kind, scale, dontKnow }: Question): string {
  return [
    t(`surveys.kind_${kind}`),
    scale && t("survey.fromTo", { low: scale.low, high: scale.high }),
    dontKnow && t("survey.offersDontKnow"),
  ]
    .filter(Boolean)
    .join(" · ");
}

function Options({ question, own }: { question: Question; own: string | null }) {
  if (question.options.length === 0) return null;
  return (
    <ul class="dots small">
      {question.options.map((option) => (
        <li key={option.key}>
          <Said {...spoken(option, own, languageInUse())} />
        </li>
      ))}
    </ul>
  );
}
