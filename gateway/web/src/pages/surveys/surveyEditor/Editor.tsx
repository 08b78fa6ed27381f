import type { SurveyWholeFragment } from "../queries.generated.ts";
import { isUnopened } from "../states.ts";
import { About } from "./About.tsx";
import { changesBetween } from "./changes.ts";
import type { Form } from "./form.ts";
import { Questions } from "./Questions.tsx";
import { Save } from "./Save.tsx";
import { useSaving } from "./useSaving.ts";
import { useWriting } from "./useWriting.ts";
import { Who } from "./Who.tsx";
import { WrongsContext } from "./wrongs.ts";

interface Props {
  /** As it was read, or a new one. */
  start: Form;
  /** The stored survey; undefined for a new one. */
  survey: SurveyWholeFragment | undefined;
}

const NEVER_ASKED = { state: "DRAFT", version: 0 } as const;

/** Everything about a survey as one form, saved at once. */
export function Editor({ start, survey }: Props) {
  const writing = useWriting(start, survey === undefined ? "" : `${survey.key} ${survey.version}`);
  const { form, change } = writing;
  const { save, wrongs, isBusy } = useSaving(start, form, survey, writing.forgetKept);
  const wasOpen = survey !== undefined && !isUnopened(survey.state);
  return (
    <WrongsContext.Provider value={wrongs}>
      <form
        class="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!isBusy) save();
        }}
      >
        <About form={form} change={change} isNew={survey === undefined} />
        <Questions form={form} change={change} wasOpen={wasOpen} />
        <Who form={form} change={change} />
        <Save
          changes={changesBetween(start, form, survey ?? NEVER_ASKED)}
          survey={survey}
          isBusy={isBusy}
          isKept={writing.isKept}
          discard={writing.discard}
        />
      </form>
    </WrongsContext.Provider>
  );
}
