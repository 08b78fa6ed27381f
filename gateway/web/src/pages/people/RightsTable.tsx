import { useState } from "preact/hooks";
import type { Role } from "~/api/types.generated.ts";
import { ROLES } from "~/pages/pages.ts";
import { addDays } from "~/place/days.ts";
import { useHere } from "~/place/place.ts";
import { day } from "~/words/format.ts";
import { t } from "~/words/words.ts";
import { Part } from "./Part.tsx";
import type { Doing } from "./People.tsx";
import { endsSoon, fits, hasEnded, plain, type Right, type User } from "./rights.ts";
import { useCovering } from "./useCovering.ts";

interface Props {
  rights: readonly Right[];
  users: ReadonlyMap<string, User>;
  act: (doing: Doing) => void;
}

/** All rights, or those that fit a word and a role; a department finds all who see it. */
export function RightsTable({ rights, users, act }: Props) {
  const [word, setWord] = useState("");
  const [role, setRole] = useState<Role | "">("");
  const covering = useCovering(word);
  const found = rights.filter(
    (right) =>
      (role === "" || right.role === role) &&
      fits(right, users.get(right.subject)?.name ?? "", word, covering),
  );
  return (
    <>
      <search class="search">
        <input
          class="field"
          type="search"
          autocomplete="off"
          aria-label={t("people.find")}
          placeholder={t("people.find")}
          onInput={(event) => setWord(event.currentTarget.value)}
        />
        <select
          class="field"
          aria-label={t("people.role")}
          onChange={(event) => setRole(event.currentTarget.value as Role | "")}
        >
          <option value="">{t("people.allRoles")}</option>
          {ROLES.map((one) => (
            <option key={one} value={one}>
              {t(`shell.role_${one}`)}
            </option>
          ))}
        </select>
      </search>
      {found.length === 0 ? (
        <p class="mt" role="status">
          {t(rights.length === 0 ? "people.nobody" : "people.noneFits")}
        </p>
      ) : (
        <Table rights={found} users={users} act={act} />
      )}
    </>
  );
}

function Table({ rights, users, act }: Props) {
  return (
    <table class="tbl fold">
      <caption class="vh">{t("people.title")}</caption>
      <thead>
        <tr>
          {(["person", "role", "part", "from", "last", "action"] as const).map((name) => (
            <th scope="col" key={name}>
              {name === "action" ? (
                <span class="vh">{t("people.action")}</span>
              ) : (
                t(`people.${name}`)
              )}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rights.map((right) => (
          <Row key={right.id} right={right} name={users.get(right.subject)?.name} act={act} />
        ))}
      </tbody>
    </table>
  );
}

interface RowProps {
  right: Right;
  name: string | null | undefined;
  act: (doing: Doing) => void;
}

function Row({ right, name, act }: RowProps) {
  const { today } = useHere();
  const { subject, role, department, from, to } = right;
  const called = name ?? plain(subject);
  const last = to === null ? t("people.noEnd") : day(addDays(to, -1), { year: true });
  return (
    <tr>
      <th scope="row">
        {called}
        <br />
        <span class="muted small">{subject}</span>
      </th>
      <td data-l={t("people.role")}>{t(`shell.role_${role}`)}</td>
      <td data-l={t("people.part")}>
        <Part of={department} />
      </td>
      <td data-l={t("people.from")}>
        {from === null ? t("people.ever") : day(from, { year: true })}
      </td>
      <td data-l={t("people.last")}>
        <div>
          {endsSoon(right, today) ? <b>{last}</b> : last}
          {hasEnded(right, today) && <span class="muted"> {t("people.ended")}</span>}
        </div>
      </td>
      <td>
        <div class="acts2">
          <Act label={t("people.days")} of={called} act={() => act({ deed: "days", right })} />
          <Act
            label={t("people.nameButton")}
            of={called}
            act={() => act({ deed: "name", right })}
          />
          <Act label={t("people.end")} of={called} act={() => act({ deed: "end", right })} />
        </div>
      </td>
    </tr>
  );
}

function Act({ label, of, act }: { label: string; of: string; act: () => void }) {
  return (
    <button class="btn" type="button" aria-label={`${label} ${of}`} onClick={act}>
      {label}
    </button>
  );
}
