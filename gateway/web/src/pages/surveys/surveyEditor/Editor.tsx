import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { useDeed } from "~/parts/useDeed.ts";
import { useViewer } from "~/shell/viewer.ts";
import { surveyAddress } from "../names.ts";
import {
  CreateSurveyDocument,
  type SurveyWholeFragment,
  UpdateSurveyDocument,
} from "../queries.generated.ts";
import { isUnopened } from "../states.ts";
import { About } from "./About.tsx";
import { changesBetween } from "./changes.ts";
import type { Form } from "./form.ts";
import { createInput, differ, updateInput } from "./input.ts";
import { forget, keep, keptForm } from "./kept.ts";
import { Questions } from "./Questions.tsx";
import { Save } from "./Save.tsx";
import { Who } from "./Who.tsx";
import { missing, type Wrongs, WrongsContext, wrongsOf } from "./wrongs.ts";

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

/** What is being written; it outlives a reload and a lost session. `key`: of the survey and its version. */
function useWriting(start: Form, key: string) {
  const { subject } = useViewer();
  const kept = useMemo(() => keptForm(subject, key), [subject, key]);
  const [form, setForm] = useState(kept ?? start);
  const [isKept, setKept] = useState(kept !== undefined);
  const change = (changed: Form) => {
    setForm(changed);
    if (differ(createInput(changed), createInput(start))) keep(subject, key, changed);
    else forget(subject, key);
  };
  const forgetKept = () => forget(subject, key);
  const discard = () => {
    forgetKept();
    setKept(false);
    setForm(start);
  };
  return { form, change, isKept, discard, forgetKept };
}

function useSaving(
  start: Form,
  form: Form,
  survey: SurveyWholeFragment | undefined,
  saved: () => void,
) {
  const { route } = useLocation();
  const [wrongs, setWrongs] = useState<Wrongs>({});
  const create = useDeed(CreateSurveyDocument, (data) => data.createSurvey.userErrors);
  const update = useDeed(UpdateSurveyDocument, (data) => data.updateSurvey.userErrors);
  const deed = survey === undefined ? create : update;
  const sent = useRef(form);
  useEffect(() => setWrongs(wrongsOf(deed.refusals, sent.current)), [deed.refusals]);
  useFocusOnWrong(wrongs);
  const save = async () => {
    const empty = missing(form);
    setWrongs(empty);
    sent.current = form;
    if (Object.keys(empty).length > 0) return;
    const done =
      survey === undefined
        ? await create.perform({ input: createInput(form) })
        : await update.perform({ input: updateInput(start, form, survey.version) });
    if (done === undefined) return;
    saved();
    route(surveyAddress(form.key.trim()));
  };
  return { save, wrongs, isBusy: deed.isBusy };
}

/** Who saved and is told what is wrong starts at the first of it. */
function useFocusOnWrong(wrongs: Wrongs): void {
  const told = useRef(wrongs);
  useEffect(() => {
    if (told.current === wrongs) return;
    told.current = wrongs;
    if (Object.keys(wrongs).length === 0) return;
    const field = document.querySelector<HTMLElement>("[aria-invalid=true]");
    (field ?? document.querySelector<HTMLElement>("form .wrong"))?.focus();
    field?.scrollIntoView({ block: "center" });
  }, [wrongs]);
}
