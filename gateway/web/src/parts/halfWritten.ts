/** Whether a day, time or number in a form is written in part: its value is "" then, which would mean "none". Says so at the field. */
export function isHalfWritten(form: HTMLFormElement): boolean {
  const field = [...form.querySelectorAll("input")].find(({ validity }) => validity.badInput);
  field?.reportValidity();
  return field !== undefined;
}
