import { useEffect } from "preact/hooks";

let isFirst = true;

/** The title of the window, which names no person; a page that was gone to gives the focus to its h1. */
export function usePageTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · cxm`;
  }, [title]);
  useEffect(() => {
    if (!isFirst) document.querySelector<HTMLElement>("h1")?.focus();
    isFirst = false;
  }, []);
}
