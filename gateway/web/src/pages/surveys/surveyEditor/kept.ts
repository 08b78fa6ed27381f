import { remember, remembered } from "~/parts/remembered.ts";
import type { Form } from "./form.ts";

// What is being written survives a lost session or a closed dialog: in this tab alone, for who wrote it.

const nameOf = (subject: string, survey: string) => `cxm.survey ${subject} ${survey}`;

export function keep(subject: string, survey: string, form: Form): void {
  remember(nameOf(subject, survey), JSON.stringify(form), "sessionStorage");
}

export function keptForm(subject: string, survey: string): Form | undefined {
  const text = remembered(nameOf(subject, survey), "sessionStorage");
  return text === null ? undefined : (JSON.parse(text) as Form);
}

export function forget(subject: string, survey: string): void {
  remember(nameOf(subject, survey), null, "sessionStorage");
}
