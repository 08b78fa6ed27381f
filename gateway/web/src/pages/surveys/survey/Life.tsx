import { t } from "~/words/words.ts";
import { surveyAddress } from "../names.ts";
import type { SurveyState, SurveyWholeFragment } from "../queries.generated.ts";
import { isEditable, NEXT } from "../states.ts";
import { ChangeState } from "./ChangeState.tsx";
import { deedOf } from "./deeds.ts";

interface Props {
  survey: SurveyWholeFragment;
  /** What is being done on this page: one thing at a time. */
  deed: SurveyState | "invite" | undefined;
  setDeed: (deed: SurveyState | undefined) => void;
}

/** What may be done with a survey; each asks once more and says what will happen. */
export function Life({ survey, deed, setDeed }: Props) {
  const { state, key } = survey;
  if (deed !== undefined && deed !== "invite") {
    return (
      <section class="card mt" aria-labelledby="h-state">
        <h2 id="h-state">{t("surveys.state")}</h2>
        <ChangeState
          key={deed}
          survey={survey}
          to={deed}
          done={() => setDeed(undefined)}
          leave={() => setDeed(undefined)}
        />
      </section>
    );
  }
  const main = deed === undefined ? "btn primary" : "btn";
  const opens = state !== "LIVE";
  return (
    <div class="acts">
      {NEXT[state].map((next) => (
        <button
          key={next}
          class={opens && next === "LIVE" ? main : "btn"}
          type="button"
          onClick={() => setDeed(next)}
        >
          {t(`survey.do_${deedOf(state, next)}`)} …
        </button>
      ))}
      {isEditable(state) && (
        <a class={opens ? "btn" : main} href={surveyAddress(key, "/edit")}>
          {t("survey.edit")}
        </a>
      )}
    </div>
  );
}
