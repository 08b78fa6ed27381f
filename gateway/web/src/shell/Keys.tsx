import { useEffect, useRef, useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import type { Page } from "~/pages/pages.ts";
import { remember, remembered } from "~/parts/remembered.ts";
import { addressOf, usePlace } from "~/place/place.ts";
import { t } from "~/words/words.ts";

const KEPT_AS = "cxm.letters";
const PATIENCE_MS = 1500;

/** Keys: `/` search, `g` and a letter a page, `?` this list. Letters can be switched off (WCAG 2.1.4). */
export function Keys({ pages }: { pages: Page[] }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [isOn, setOn] = useState(remembered(KEPT_AS) !== "off");
  const place = usePlace();
  const { route } = useLocation();
  const lettered = pages.filter((page) => page.letter !== undefined && page.name !== undefined);
  const goingSince = useRef(Number.NEGATIVE_INFINITY);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (!isOn || isWriting(event)) return;
      const isGoing = performance.now() - goingSince.current < PATIENCE_MS;
      goingSince.current = event.key === "g" ? performance.now() : Number.NEGATIVE_INFINITY;
      if (isGoing) openPage(event.key);
      else openByKey(event, dialog.current);
    };
    const openPage = (key: string) => {
      const page = lettered.find(({ letter }) => letter === key);
      if (page === undefined) return;
      const base = page.path.replace(/\/:.*/, "");
      route(page.hasPlace ? addressOf(base, place) : base);
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  });
  return (
    <dialog ref={dialog} aria-labelledby="h-keys">
      <h2 id="h-keys">{t("shell.keys")}</h2>
      <dl class="kv">
        <dt>/</dt>
        <dd>{t("shell.search")}</dd>
        {lettered.map((page) => (
          <div key={page.path} class="kv-in">
            <dt>g {page.letter}</dt>
            <dd>{page.name && t(page.name)}</dd>
          </div>
        ))}
      </dl>
      <label class="opt">
        <input
          type="checkbox"
          checked={isOn}
          onChange={(event) => {
            setOn(event.currentTarget.checked);
            remember(KEPT_AS, event.currentTarget.checked ? "on" : "off");
          }}
        />
        {t("shell.letters")}
      </label>
      <form method="dialog" class="acts">
        <button class="btn" type="submit">
          {t("parts.close")}
        </button>
      </form>
    </dialog>
  );
}

function isWriting(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.altKey || event.metaKey) return true;
  return (
    event.target instanceof Element &&
    event.target.closest("input, textarea, select, dialog") !== null
  );
}

function openByKey(event: KeyboardEvent, dialog: HTMLDialogElement | null): void {
  if (event.key === "/") openSearch(event);
  if (event.key === "?") dialog?.showModal();
}

function openSearch(event: KeyboardEvent): void {
  const search = document.querySelector<HTMLDetailsElement>("#search");
  if (search === null) return;
  event.preventDefault();
  search.open = true;
  search.querySelector("input")?.focus();
}
