import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "~/words/words.ts";
import { Field } from "./Field.tsx";
import { Trouble } from "./Trouble.tsx";
import { useFindDepartments } from "./useFindDepartments.ts";

export interface Picked {
  key: string;
  name: string;
}

interface Props {
  label: string;
  hint?: string;
  wrong?: string | undefined;
  value: Picked | undefined;
  /** A department that may not be chosen, with what is said of it. */
  not?: string | undefined;
  pick: (department: Picked | undefined) => void;
}

/** One department: the chosen one with a way to another, or a field that finds it by a part of its name. */
export function PickDepartment({ label, hint, wrong, value, not, pick }: Props) {
  const [written, setWritten] = useState("");
  const next = useFocusAfter(value);
  if (value !== undefined) {
    return (
      <div class="fld" ref={next}>
        <span class="lab">{label}</span>
        <span>
          <bdi>{value.name}</bdi>{" "}
          <button class="btn" type="button" onClick={() => pick(undefined)}>
            {t("parts.other")}
          </button>
        </span>
        {wrong && (
          <span class="wrong" role="alert">
            {wrong}
          </span>
        )}
      </div>
    );
  }
  return (
    <div ref={next}>
      <Field label={label} hint={hint} wrong={wrong}>
        {(control) => (
          <input
            {...control}
            type="search"
            autocomplete="off"
            placeholder={t("parts.partOfName")}
            value={written}
            onInput={(event) => setWritten(event.currentTarget.value)}
          />
        )}
      </Field>
      <Found
        written={written}
        not={not}
        pick={(department) => {
          setWritten("");
          pick(department);
        }}
      />
    </div>
  );
}

function Found({ written, not, pick }: { written: string } & Pick<Props, "not" | "pick">) {
  const { found, state, again } = useFindDepartments(written);
  const offered = found.filter(({ key }) => key !== not);
  return (
    <>
      <p class={offered.length === 0 ? "small muted" : "vh"} role="status">
        {state === "found" &&
          (offered.length === 0
            ? t("shell.nothingFound")
            : t("shell.found", { count: offered.length }))}
      </p>
      {state === "failed" && <Trouble what={t("shell.foundDepartments")} again={again} />}
      {offered.length > 0 && (
        <ul class="picks">
          {offered.map(({ key, name, parent }) => (
            <li key={key}>
              <button class="btn" type="button" onClick={() => pick({ key, name })}>
                <bdi>{name}</bdi>
                {parent && <small class="muted">{parent.name}</small>}
              </button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** Gives the focus to what takes the place of the pressed button: the field, or the way to another department. */
function useFocusAfter(value: Picked | undefined) {
  const next = useRef<HTMLDivElement>(null);
  const before = useRef(value?.key);
  useEffect(() => {
    if (before.current !== value?.key && document.activeElement === document.body)
      next.current?.querySelector<HTMLElement>("input, button")?.focus();
    before.current = value?.key;
  }, [value?.key]);
  return next;
}
