import { useEffect, useRef, useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { useDeed } from "~/parts/useDeed.ts";
import { surveyAddress } from "../names.ts";
import {
  CreateSurveyDocument,
  type SurveyWholeFragment,
  UpdateSurveyDocument,
} from "../queries.generated.ts";
import type { Form } from "./form.ts";
import { createInput, updateInput } from "./input.ts";
import { missing, type Wrongs, wrongsOf } from "./wrongs.ts";

/** Saves a form, and says what is wrong with it; `saved` is called before the page of the survey opens. */
export function useSaving(
  start: Form,
  form: Form,
  survey: SurveyWholeFragment | undefined,
  saved: () => void,
) {
  const [wrongs, setWrongs] = useState<Wrongs>({});
  const create = useDeed(CreateSurveyDocument, (data) => data.createSurvey.userErrors);
  const update = useDeed(UpdateSurveyDocument, (data) => data.updateSurvey.userErrors);
  const deed = survey === undefined ? create : update;
  const sent = useRef(form);
  const { route } = useLocation();
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
export function useFocusOnWrong(wrongs: Wrongs): void {
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
