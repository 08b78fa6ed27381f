import type { Form } from "./form.ts";

// What is being written survives a lost session or a closed dialog: in this tab alone, for who wrote it.

const nameOf = (subject: string, survey: string) => `cxm.survey ${subject} ${survey}`;

export function keep(subject: string, survey: string, form: Form): void {
  try {
    sessionStorage.setItem(nameOf(subject, survey), JSON.stringify(form));
  } catch {
    // A full or forbidden storage: the form itself still has everything.
  }
}

export function keptForm(subject: string, survey: string): Form | undefined {
  const text = sessionStorage.getItem(nameOf(subject, survey));
  return text === null ? undefined : (JSON.parse(text) as Form);
}

export function forget(subject: string, survey: string): void {
  sessionStorage.removeItem(nameOf(subject, survey));
}
