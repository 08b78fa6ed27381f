import { useQuery } from "@urql/preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Drop } from "~/parts/Drop.tsx";
import { addressOf, usePlace } from "~/place/place.ts";
import { t } from "~/words/words.ts";
import { FindDepartmentsDocument, type FindDepartmentsQuery } from "./queries.generated.ts";

const PAUSE_MS = 200;

type Found = NonNullable<FindDepartmentsQuery["departments"]>["edges"];

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
      <p class="small muted">{t("shell.searchKeys")}</p>
    </Drop>
  );
}

/** A field, and the departments whose name or key has what is written there. */
export function FindDepartment({ label }: { label: string }) {
  const place = usePlace();
  const [written, setWritten] = useState("");
  const search = useLater(written.trim(), PAUSE_MS);
  const [{ data, fetching }] = useQuery({
    query: FindDepartmentsDocument,
    variables: { search },
    pause: search === "",
  });
  const known = useRef<Found>([]);
  // What was found before stays until more is known: whoever stands on it keeps the focus.
  if (data !== undefined && !fetching) known.current = data.departments?.edges ?? [];
  const found = search === "" ? [] : known.current;
  const list = useRef<HTMLUListElement>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown") moveFocus(event, list.current, 1);
    else if (event.key === "ArrowUp") moveFocus(event, list.current, -1);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: arrows move among the links inside
    <div onKeyDown={onKeyDown}>
      <input
        class="field"
        type="search"
        aria-label={label}
        placeholder={label}
        value={written}
        onInput={(event) => setWritten(event.currentTarget.value)}
      />
      <p class="vh" role="status">
        {search !== "" && !fetching && t("shell.found", { count: found.length })}
      </p>
      {search !== "" && !fetching && found.length === 0 && (
        <p class="small muted">{t("shell.nothingFound")}</p>
      )}
      <ul ref={list}>
        {found.map(({ node }) => (
          <li key={node.key}>
            <a href={addressOf("/departments", { ...place, department: node.key })}>
              {node.name} <small>{node.parent?.name}</small>
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The last value that stood for so long. */
function useLater<T>(value: T, pauseMs: number): T {
  const [later, setLater] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setLater(value), pauseMs);
    return () => clearTimeout(timer);
  }, [value, pauseMs]);
  return later;
}

/** Arrow keys go from the field to the links of a list and back. */
export function moveFocus(event: KeyboardEvent, list: HTMLElement | null, by: 1 | -1): void {
  const links = [...(list?.querySelectorAll<HTMLElement>("a, button") ?? [])];
  if (links.length === 0) return;
  event.preventDefault();
  const at = links.indexOf(document.activeElement as HTMLElement) + by;
  links[Math.min(Math.max(at, 0), links.length - 1)]?.focus();
}
