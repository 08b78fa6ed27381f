import { useMemo } from "preact/hooks";
import { Said } from "~/parts/Said.tsx";
import { NotFound } from "~/shell/NotFound.tsx";
import { usePageTitle } from "~/shell/usePageTitle.ts";
import { languageInUse, t } from "~/words/words.ts";
import { surveyAddress } from "../names.ts";
import type { SurveyWholeFragment } from "../queries.generated.ts";
import { isEditable } from "../states.ts";
import { spoken, titleOf } from "../texts.ts";
import { WithSurvey } from "../WithSurvey.tsx";
import { Editor } from "./Editor.tsx";
import { formOf } from "./form.ts";

/** What a survey says and asks, to be changed. */
export default function EditSurvey() {
  usePageTitle(t("surveyEditor.edit"));
  return (
    <WithSurvey
      show={(survey) => <Edit key={survey.key} survey={survey} />}
      absent={<NotFound />}
    />
  );
}

function Edit({ survey }: { survey: SurveyWholeFragment }) {
  const { key, version, language, state } = survey;
  const start = useMemo(() => formOf(survey), [survey]);
  const title = spoken(titleOf(survey), language, languageInUse());
  return (
    <>
      <p class="tag mt">
        <a href={surveyAddress(key)}>{t("surveyEditor.back")}</a>
      </p>
      <h1 class="verdict" tabIndex={-1}>
        <Said {...title} />
      </h1>
      <p class="verdict-2">
        <Said text={key} /> · {t("surveys.version", { version })} · {t(`surveys.state_${state}`)}
      </p>
      {isEditable(state) ? (
        <Editor start={start} survey={survey} />
      ) : (
        <p class="note-bar mt">
          {state === "CLOSED"
            ? t("surveys.error_SURVEY_CLOSED")
            : t("surveys.error_SURVEY_ARCHIVED")}
        </p>
      )}
    </>
  );
}
