import { useState } from "preact/hooks";
import { t } from "~/words/words.ts";
import type { SurveyWholeFragment } from "../queries.generated.ts";
import { isEditable } from "../states.ts";
import { AskForLinks } from "./AskForLinks.tsx";
import { type Made, MadeLinks } from "./MadeLinks.tsx";

interface Props {
  survey: SurveyWholeFragment;
  isOpen: boolean;
  setOpen: (isOpen: boolean) => void;
}

/** One-use links for people who are asked: made here, shown once. */
export function Invite({ survey, isOpen, setOpen }: Props) {
  const [made, setMade] = useState<Made>();
  if (!isEditable(survey.state)) return null;
  return (
    <section class="card" aria-labelledby="h-invite">
      <h2 id="h-invite">{t("surveyLinks.invite")}</h2>
      <p class="lede">{t("surveyLinks.inviteHint")}</p>
      {made !== undefined && <MadeLinks made={made} done={() => setMade(undefined)} />}
      {made === undefined && !isOpen && (
        <div class="acts">
          <button class="btn" type="button" onClick={() => setOpen(true)}>
            {t("surveyLinks.makeLinks")} …
          </button>
        </div>
      )}
      {made === undefined && isOpen && (
        <AskForLinks
          survey={survey}
          made={(links) => {
            setOpen(false);
            setMade(links);
          }}
          leave={() => setOpen(false)}
        />
      )}
    </section>
  );
}
