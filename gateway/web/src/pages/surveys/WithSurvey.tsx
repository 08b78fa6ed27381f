import type { ComponentChildren } from "preact";
import { useRoute } from "preact-iso";
import { useRead } from "~/api/useRead.ts";
import { Skeleton } from "~/parts/Skeleton.tsx";
import { Trouble } from "~/parts/Trouble.tsx";
import { t } from "~/words/words.ts";
import { SurveyDocument, type SurveyWholeFragment } from "./queries.generated.ts";

interface Props {
  show: (survey: SurveyWholeFragment) => ComponentChildren;
  /** What is drawn where there is no such survey. */
  absent: ComponentChildren;
}

/** The survey that the address names, read anew. */
export function WithSurvey({ show, absent }: Props) {
  const { key = "" } = useRoute().params;
  const [{ data, error, fetching }, again] = useRead({
    query: SurveyDocument,
    variables: { key },
    requestPolicy: "network-only",
  });
  if (data?.survey != null) return <>{show(data.survey)}</>;
  if (fetching) return <Skeleton lines={6} />;
  if (error === undefined && data !== undefined) return <>{absent}</>;
  return (
    <>
      <h1 class="verdict" tabIndex={-1}>
        {t("surveys.survey")}
      </h1>
      <Trouble
        what={t("surveys.theSurvey")}
        again={() => again({ requestPolicy: "network-only" })}
      />
    </>
  );
}
