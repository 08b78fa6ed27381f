import { useQuery } from "@urql/preact";
import { useEffect, useState } from "preact/hooks";
import { FindDepartmentsDocument } from "~/shell/queries.generated.ts";
import { t } from "~/words/words.ts";
import { Field } from "./Field.tsx";

const PAUSE_MS = 200;

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
  if (value !== undefined) {
    return (
      <div class="fld">
        <span class="lab">{label}</span>
        <span>
          {value.name}{" "}
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
    <>
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
      <Found search={written.trim()} not={not} pick={pick} />
    </>
  );
}

function Found({ search, not, pick }: { search: string } & Pick<Props, "not" | "pick">) {
  const [settled, setSettled] = useState(search);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(search), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [search]);
  const [{ data }] = useQuery({
    query: FindDepartmentsDocument,
    variables: { search: settled },
    pause: settled === "",
  });
  if (settled === "" || data === undefined) return null;
  const found = (data.departments?.edges ?? []).filter(({ node }) => node.key !== not);
  if (found.length === 0) return <p class="small muted">{t("shell.nothingFound")}</p>;
  return (
    <ul class="picks">
      {found.map(({ node }) => (
        <li key={node.key}>
          <button class="btn" type="button" onClick={() => pick(node)}>
            {node.name}
            {node.parent && <small class="muted">{node.parent.name}</small>}
          </button>
        </li>
      ))}
    </ul>
  );
}
