import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { Refusals } from "~/parts/Refusals.tsx";
import type { Refusal } from "~/parts/refusals.ts";
import { t } from "~/words/words.ts";

interface Props {
  title: string;
  /** What its main button is called. */
  act: string;
  isBusy: boolean;
  /** What was refused and stands at no field. */
  refused: readonly Refusal[];
  submit: () => void;
  leave: () => void;
  children: ComponentChildren;
}

/** A form inside a card: a heading that takes the focus, fields, one main button, and a way out. */
export function DeedForm({ title, act, isBusy, refused, submit, leave, children }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <form
      class="pick mt"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!isBusy) submit();
      }}
    >
      <h3 tabIndex={-1} ref={heading}>
        {title}
      </h3>
      {children}
      <Refusals of={refused} />
      <div class="acts">
        <button class="btn primary" type="submit" aria-busy={isBusy || undefined}>
          {act}
        </button>
        <button class="btn" type="button" onClick={leave}>
          {t("parts.cancel")}
        </button>
      </div>
    </form>
  );
}
