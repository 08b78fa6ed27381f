import { useMemo, useState } from "preact/hooks";
import { useViewer } from "~/shell/viewer.ts";
import type { Form } from "./form.ts";
import { createInput, differ } from "./input.ts";
import { forget, keep, keptForm } from "./kept.ts";

/** What is being written; it outlives a reload and a lost session. `key`: of the survey and its version. */
export function useWriting(start: Form, key: string) {
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
