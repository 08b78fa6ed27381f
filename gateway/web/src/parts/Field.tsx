import type { ComponentChildren, JSX } from "preact";
import { useId } from "preact/hooks";

/** What the control of a field is given, so that its label, its hint and its error belong to it. */
export interface Control {
  id: string;
  class: string;
  "aria-describedby": string | undefined;
  "aria-invalid": boolean | undefined;
}

interface Props {
  label: ComponentChildren;
  hint?: ComponentChildren;
  /** What is wrong with it, in words. */
  wrong?: string | undefined;
  children: (control: Control) => JSX.Element;
}

/** A label, a control, what helps to fill it in, and under it what is wrong with it. */
export function Field({ label, hint, wrong, children }: Props) {
  const id = useId();
  const described = [hint && `${id}-hint`, wrong && `${id}-wrong`].filter(Boolean).join(" ");
  return (
    <div class="fld">
      <label for={id}>{label}</label>
      {hint && (
        <span class="hint" id={`${id}-hint`}>
          {hint}
        </span>
      )}
      {children({
        id,
        class: "field",
        "aria-describedby": described || undefined,
        "aria-invalid": wrong === undefined ? undefined : true,
      })}
      {wrong && (
        <span class="wrong" id={`${id}-wrong`} role="alert">
          {wrong}
        </span>
      )}
    </div>
  );
}
