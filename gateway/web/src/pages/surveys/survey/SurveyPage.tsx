import { useState } from "preact/hooks";
import { Said } from "~/parts/Said.tsx";
import { useHere } from "~/place/place.ts";
import { NotFound } from "~/shell/NotFound.tsx";
import { usePageTitle } from "~/shell/usePageTitle.ts";
import { moment } from "~/words/format.ts";
import { languageInUse, t } from "~/words/words.ts";
import type { SurveyState, SurveyWholeFragment } from "../queries.generated.ts";
import { Invite } from "../surveyLinks/Invite.tsx";
import { Links } from "../surveyLinks/Links.tsx";
import { spoken, titleOf } from "../texts.ts";
import { WithSurvey } from "../WithSurvey.tsx";
import { Asked } from "./Asked.tsx";
import { Facts } from "./Facts.tsx";
import { Languages } from "./Languages.tsx";
import { Life } from "./Life.tsx";
import { Preview } from "./Preview.tsx";

/** One survey: whether it takes responses, what it asks, and how people come to it. */
export default function SurveyPage() {
  usePageTitle(t("surveys.survey"));
  return (
    <WithSurvey
      show={(survey) => <Whole key={survey.key} survey={survey} />}
      absent={<NotFound />}
    />
  );
}

function Whole({ survey }: { survey: SurveyWholeFragment }) {
  const [deed, setDeed] = useState<SurveyState | "invite">();
  const title = spoken(titleOf(survey), survey.language, languageInUse());
  return (
    <>
      <p class="tag mt">
        <a href="/surveys">{t("surveys.surveys")}</a>
      </p>
      <h1 class="verdict" tabIndex={-1}>
        <Said {...title} />
      </h1>
      <StateSentence survey={survey} />
      <Life survey={survey} deed={deed} setDeed={setDeed} />
      <div class="split">
        <div class="stack">
          <Asked survey={survey} />
          <Preview survey={survey} />
        </div>
        <aside class="stack">
          <Facts survey={survey} />
          <Languages survey={survey} />
          <Links survey={survey} />
          <Invite
            survey={survey}
            isOpen={deed === "invite"}
            setOpen={(isOpen) => setDeed(isOpen ? "invite" : undefined)}
          />
        </aside>
      </div>
    </>
  );
}

function StateSentence({ survey }: { survey: SurveyWholeFragment }) {
  const { timeZone } = useHere();
  const { state, opensAt, closesAt } = survey;
  const times = [
    opensAt && state === "SCHEDULED" && t("survey.opensAt", { at: moment(opensAt, timeZone) }),
    closesAt && state !== "ARCHIVED" && t("survey.closesAt", { at: moment(closesAt, timeZone) }),
  ];
  return (
    <p class="verdict-2" role="status">
      {[t(`survey.is_${state}`), ...times.filter(Boolean)].join(" ")}
    </p>
  );
}
