import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { useLater } from "./useLater.ts";

interface Props {
  label: ComponentChildren;
  children: ComponentChildren;
  /** Further classes: of the whole, and of what opens. */
  kind?: string;
  panel?: string;
  /** What the button is called where its label is not enough. */
  name?: string;
  id?: string;
}

/** A button that opens a panel, with the focus in its first field where it has one (`data-first`); Escape, a press outside and leaving it close it, and give the focus back. */
export function Drop({ label, children, kind = "drop", panel = "panel", name, id }: Props) {
  const root = useRef<HTMLDetailsElement>(null);
  const isLater = useLater(); // nobody opens it before the page stands
  useEffect(() => {
    const close = (event: Event) => {
      const details = root.current;
      if (details?.open && event.target instanceof Node && !details.contains(event.target))
        details.open = false;
    };
    document.addEventListener("pointerdown", close);
    document.addEventListener("focusin", close);
    return () => {
      document.removeEventListener("pointerdown", close);
      document.removeEventListener("focusin", close);
    };
  }, []);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || root.current === null) return;
    event.stopPropagation();
    root.current.open = false;
    root.current.querySelector("summary")?.focus();
  };
  const onClick = (event: MouseEvent) => {
    const target = event.target;
    if (root.current !== null && target instanceof Element && target.closest("a, [data-closes]"))
      root.current.open = false;
  };
  const onToggle = () => {
    if (root.current?.open) root.current.querySelector<HTMLElement>("[data-first]")?.focus();
  };
  return (
    <details
      class={kind}
      ref={root}
      onKeyDown={onKeyDown}
      onClick={onClick}
      onToggle={onToggle}
      id={id}
    >
      <summary class="btn" aria-label={name}>
        {label}
      </summary>
      {isLater && <div class={panel}>{children}</div>}
    </details>
  );
}
