// What this browser remembers of choices, and this tab of a reload. Where people forbid that, pages work without it.

type Store = "localStorage" | "sessionStorage";

/** What is remembered under a name; null for nothing, and where remembering is forbidden. */
export function remembered(name: string, store: Store = "localStorage"): string | null {
  return use(store, (kept) => kept.getItem(name));
}

/** Remembers a text under a name, or forgets it; does nothing where that is forbidden. */
export function remember(name: string, text: string | null, store: Store = "localStorage"): void {
  use(store, (kept) => {
    if (text === null) kept.removeItem(name);
    else kept.setItem(name, text);
    return null;
  });
}

function use(store: Store, act: (kept: Storage) => string | null): string | null {
  try {
    return act(window[store]);
  } catch (error) {
    if (error instanceof DOMException) return null; // forbidden, or full
    throw error;
  }
}
