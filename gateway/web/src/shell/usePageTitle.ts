import { useEffect } from "preact/hooks";

let isFirst = true;

/** The title of the window, which names no person; a page that was gone to gives the focus to its h1. */
export function usePageTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · cxm`;
  }, [title]);
  useEffect(() => {
    const wasFirst = isFirst;
    isFirst = false;
    return wasFirst ? undefined : focusHeading();
  }, []);
}

const LOADED_WITHIN_MS = 10_000;

/** Focuses the h1, and the one that takes its place once the page is loaded, unless the focus was moved meanwhile. */
function focusHeading(): () => void {
  const start = document.activeElement;
  let focused: HTMLElement | null = null;
  const look = () => {
    const active = document.activeElement;
    const isMoved = active !== document.body && active !== start && active !== focused;
    const heading = document.querySelector<HTMLElement>("h1");
    if (isMoved) leave();
    else if (heading !== focused) heading?.focus({ preventScroll: focused !== null });
    focused = heading;
  };
  const observer = new MutationObserver(look);
  const timer = setTimeout(() => observer.disconnect(), LOADED_WITHIN_MS);
  const leave = () => {
    clearTimeout(timer);
    observer.disconnect();
  };
  look();
  observer.observe(document.body, { childList: true, subtree: true });
  return leave;
}
