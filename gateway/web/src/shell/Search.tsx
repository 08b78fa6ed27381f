import type { RefObject } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Drop } from "~/parts/Drop.tsx";
import { Trouble } from "~/parts/Trouble.tsx";
import { useFindDepartments } from "~/parts/useFindDepartments.ts";
import { addressOf, usePlace } from "~/place/place.ts";
import { t } from "~/words/words.ts";

/** Finds departments; what is searched stays out of the address. `/` opens it. */
export function Search() {
  return (
    <Drop
      id="search"
      name={t("shell.search")}
      label={
        <>
          {t("shell.search")}{" "}
          <span class="muted" aria-hidden="true">
            /
          </span>
        </>
      }
    >
      <FindDepartment label={t("shell.searchFor")} />
      <p class="small muted by-keys">{t("shell.searchKeys")}</p>
    </Drop>
  );
}

interface FindProps {
  label: string;
  /** The page that opens for what is found. */
  page?: string;
}

/** A field, and the departments whose name or key has what is written there. */
export function FindDepartment({ label, page = "/departments" }: FindProps) {
  const place = usePlace();
  const [written, setWritten] = useState("");
  const { found, state, again } = useFindDepartments(written);
  const list = useRef<HTMLUListElement>(null);
  const only = useOnlyOne(found.length === 1 && state === "found", list);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter" && event.target instanceof HTMLInputElement) only.open();
    else if (event.key === "ArrowDown") moveFocus(event, list.current, 1);
    else if (event.key === "ArrowUp") moveFocus(event, list.current, -1);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: arrows move among the links inside
    <div onKeyDown={onKeyDown}>
      <input
        class="field"
        type="search"
        data-first
        aria-label={label}
        placeholder={label}
        value={written}
        onInput={(event) => {
          setWritten(event.currentTarget.value);
          only.wait();
        }}
      />
      <p class="vh" role="status">
        {state === "found" && t("shell.found", { count: found.length })}
      </p>
      {state === "found" && found.length === 0 && (
        <p class="small muted">{t("shell.nothingFound")}</p>
      )}
      {state === "failed" && <Trouble what={t("shell.foundDepartments")} again={again} />}
      <ul ref={list}>
        {found.map(({ key, name, parent }) => (
          <li key={key}>
            <a href={addressOf(page, { ...place, department: key })}>
              <bdi>{name}</bdi> <small>{parent?.name}</small>
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Opens what was found when it is the only thing: at once, or once it is found. */
function useOnlyOne(isOnly: boolean, list: RefObject<HTMLUListElement | null>) {
  const isWanted = useRef(false);
  const open = () => {
    isWanted.current = !isOnly;
    if (isOnly) list.current?.querySelector("a")?.click();
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: looked at again when something was found
  useEffect(() => {
    if (isOnly && isWanted.current) open();
  }, [isOnly]);
  const wait = () => {
    isWanted.current = false;
  };
  return { open, wait };
}

/** Arrow keys go from the field to the links of a list and back. */
function moveFocus(event: KeyboardEvent, list: HTMLElement | null, by: 1 | -1): void {
  const links = [...(list?.querySelectorAll<HTMLElement>("a, button") ?? [])];
  if (links.length === 0) return;
  event.preventDefault();
  const at = links.indexOf(document.activeElement as HTMLElement) + by;
  links[Math.min(Math.max(at, 0), links.length - 1)]?.focus();
}
