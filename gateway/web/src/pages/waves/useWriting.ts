import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { useFocusOnWrong } from "~/pages/surveys/surveyEditor/useSaving.ts";
import type { Wrongs } from "~/pages/surveys/surveyEditor/wrongs.ts";
import { remember, remembered } from "~/parts/remembered.ts";
import { useDeed } from "~/parts/useDeed.ts";
import { useHere } from "~/place/place.ts";
import { useViewer } from "~/shell/viewer.ts";
import { type Form, inputOf } from "./form.ts";
import { waveAddress } from "./names.ts";
import { UpsertWaveDocument } from "./queries.generated.ts";
import { missing, wrongsOf } from "./wrongs.ts";

/** What is being planned; it outlives a reload and a lost session, in this tab alone. `key`: of the wave, "" for a new one. */
export function useWriting(start: Form, key: string) {
  const { subject } = useViewer();
  const name = `cxm.wave ${subject} ${key}`;
  const kept = useMemo(() => {
    const text = remembered(name, "sessionStorage");
    return text === null ? undefined : (JSON.parse(text) as Form);
  }, [name]);
  const [form, setForm] = useState(kept ?? start);
  const [isKept, setKept] = useState(kept !== undefined);
  const change = (changed: Form) => {
    setForm(changed);
    remember(name, JSON.stringify(changed), "sessionStorage");
  };
  const forget = () => remember(name, null, "sessionStorage");
  const discard = () => {
    forget();
    setKept(false);
    setForm(start);
  };
  return { form, change, isKept, discard, forget };
}

/** Saves a plan, and says what is wrong with it; `saved` is called before the page of the wave opens. */
export function useSaving(form: Form, saved: () => void) {
  const [wrongs, setWrongs] = useState<Wrongs>({});
  const { timeZone } = useHere();
  const deed = useDeed(UpsertWaveDocument, (data) => data.upsertWave.userErrors);
  const sent = useRef(form);
  const { route } = useLocation();
  useEffect(() => setWrongs(wrongsOf(deed.refusals, sent.current)), [deed.refusals]);
  useFocusOnWrong(wrongs);
  const save = async () => {
    const empty = missing(form);
    setWrongs(empty);
    sent.current = form;
    if (Object.keys(empty).length > 0) return;
    if ((await deed.perform({ input: inputOf(form, timeZone) })) === undefined) return;
    saved();
    route(waveAddress(form.key.trim()));
  };
  return { save, wrongs, isBusy: deed.isBusy };
}
