import { useMemo } from "preact/hooks";
import { usePageTitle } from "~/shell/usePageTitle.ts";
import { languageInUse, t } from "~/words/words.ts";
import { Editor } from "./Editor.tsx";
import { newForm } from "./form.ts";

/** A new survey; it begins as a draft. */
export default function NewSurvey() {
  usePageTitle(t("surveys.new"));
  const start = useMemo(() => newForm(languageInUse()), []);
  return (
    <>
      <p class="tag mt">
        <a href="/surveys">{t("surveys.surveys")}</a>
      </p>
      <h1 class="verdict" tabIndex={-1}>
        {t("surveys.new")}
      </h1>
      <p class="verdict-2">{t("surveyEditor.beginsAsDraft")}</p>
      <Editor start={start} survey={undefined} />
    </>
  );
}
