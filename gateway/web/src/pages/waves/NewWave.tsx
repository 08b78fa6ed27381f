import { useMemo } from "preact/hooks";
import { useRead } from "~/api/useRead.ts";
import { Skeleton } from "~/parts/Skeleton.tsx";
import { Trouble } from "~/parts/Trouble.tsx";
import { usePageTitle } from "~/shell/usePageTitle.ts";
import { languageInUse, t } from "~/words/words.ts";
import { Editor } from "./Editor.tsx";
import { newForm } from "./form.ts";
import { StandardQuestionsDocument } from "./queries.generated.ts";

/** A new wave; it begins as a draft, with the standard questions. */
export default function NewWave() {
  usePageTitle(t("waves.plan"));
  const [{ data, fetching }, again] = useRead({ query: StandardQuestionsDocument });
  const standard = data?.standardWaveQuestions ?? undefined;
  const start = useMemo(() => standard && newForm(languageInUse(), standard), [standard]);
  return (
    <>
      <p class="tag mt">
        <a href="/waves">{t("waves.title")}</a>
      </p>
      <h1 class="verdict" tabIndex={-1}>
        {t("waves.plan")}
      </h1>
      <p class="verdict-2">{t("waves.fixedOnceOpen")}</p>
      {start !== undefined ? (
        <Editor start={start} wave={undefined} standard={standard ?? []} />
      ) : fetching ? (
        <Skeleton lines={6} />
      ) : (
        <Trouble
          what={t("waves.theStandard")}
          again={() => again({ requestPolicy: "network-only" })}
        />
      )}
    </>
  );
}
