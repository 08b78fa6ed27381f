import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { Refusals } from "~/parts/Refusals.tsx";
import type { Refusal } from "~/parts/refusals.ts";
import { t } from "~/words/words.ts";
import { isHalfWritten } from "./halfWritten.ts";

interface Props {
  title: string;
  /** What its main button is called. */
  act: string;
  isBusy: boolean;
  /** What was refused and stands at no field. */
  refused: readonly Refusal[];
  submit: () => void;
  leave: () => void;
  /** 2 where it is the first heading of its card; else it stands under the card's own. */
  level?: 2 | 3;
  children: ComponentChildren;
}

/** A form inside a card: a heading that takes the focus, fields, one main button, and a way out. */
export function DeedForm({
  title,
  act,
  isBusy,
  refused,
  submit,
  leave,
  level = 3,
  children,
}: Props) {
  const Heading = `h${level}` as const;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    const around = heading.current?.closest<HTMLElement>("section, aside");
    heading.current?.focus();
    return () => focusAround(around);
  }, []);
  return (
    <form
      class="pick mt"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!isBusy && !isHalfWritten(event.currentTarget)) submit();
      }}
    >
      <Heading tabIndex={-1} ref={heading}>
        {title}
      </Heading>
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

/** A form that goes leaves the focus where it was: at the card around it. */
function focusAround(card: HTMLElement | null | undefined): void {
  if (card?.isConnected !== true || !card.contains(document.activeElement)) return;
  card.tabIndex = -1;
  card.focus({ preventScroll: true });
}
