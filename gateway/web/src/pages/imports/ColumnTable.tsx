import { useRead } from "~/api/useRead.ts";
import { t } from "~/words/words.ts";
import { FIELDS, type Kind, QUESTION_KINDS } from "./kinds.ts";
import { type Column, type Mapping, roleOf, valueAt, withRole } from "./mapping.ts";
import { AskedDocument } from "./queries.generated.ts";

const SHOWN_CELLS = 3;

interface Props {
  kind: Kind;
  mapping: Mapping;
  columns: Column[];
  edit: (mapping: Mapping) => void;
}

interface Role {
  value: string;
  label: string;
}

/** A row for each column: its title, its first cells, and what it becomes. */
export function ColumnTable({ kind, mapping, columns, edit }: Props) {
  const roles = useRoles(kind, mapping);
  return (
    <section class="card" aria-labelledby="h-columns">
      <h2 id="h-columns">{t("imports.whatColumns")}</h2>
      <table class="tbl fold">
        <caption class="vh">{t("imports.tableCaption")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("imports.column")}</th>
            <th scope="col">{t("imports.firstRows")}</th>
            <th scope="col">{t("imports.becomes")}</th>
          </tr>
        </thead>
        <tbody>
          {columns.map((column) => (
            <tr key={column.number}>
              <th scope="row">
                {column.title || t("imports.untitled", { number: column.number })}
              </th>
              <td data-l={t("imports.firstRows")}>
                <div class="cells">{column.cells.slice(0, SHOWN_CELLS).map(shown).join(" · ")}</div>
              </td>
              <td data-l={t("imports.becomes")}>
                <div>
                  <RoleField
                    column={column}
                    role={roleOf(mapping, column)}
                    roles={roles}
                    choose={(role) => edit(withRole(mapping, column, role, columns))}
                  />
                </div>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface RoleProps {
  column: Column;
  role: string;
  roles: Role[];
  choose: (role: string) => void;
}

function RoleField({ column, role, roles, choose }: RoleProps) {
  const isListed = roles.some(({ value }) => value === role);
  const own = isListed ? [] : [{ value: role, label: ownLabel(role) }];
  return (
    <select
      class="field"
      aria-label={t("imports.columnBecomes", { title: column.title || String(column.number) })}
      value={role}
      onChange={(event) => choose(event.currentTarget.value)}
    >
      {[...own, ...roles].map(({ value, label }) => (
        <option key={value} value={value}>
          {label}
        </option>
      ))}
    </select>
  );
}

/** What a column can be: nothing, a field, a question of the survey it goes to, or a new question. */
function useRoles(kind: Kind, mapping: Mapping): Role[] {
  const survey = valueAt(mapping, "defaults", "survey");
  const key = typeof survey === "string" ? survey : "";
  const [{ data }] = useRead({
    query: AskedDocument,
    variables: { key },
    pause: kind !== "responses" || key === "",
  });
  const asked = data?.survey?.questions ?? [];
  const answers = asked.map((question) => ({
    value: `asked:${question.key}`,
    label: t("imports.asked", { text: question.text }),
  }));
  const made = QUESTION_KINDS.map((one) => ({
    value: `new:${one}`,
    label: t("imports.newQuestion", { kind: t(`imports.question_${one}`) }),
  }));
  return [
    { value: "", label: t("imports.leaveOut") },
    ...FIELDS[kind].map((field) => ({
      value: `field:${field}`,
      label: t(`imports.field_${field}`),
    })),
    ...(kind === "responses" ? (asked.length > 0 ? answers : made) : []),
  ];
}

/** An answer that stands already, or what only a text can say. */
function ownLabel(role: string): string {
  const [what, name = ""] = role.split(/:(.*)/s);
  if (what === "answer") return t("imports.answerTo", { question: name });
  if (what === "option") return t("imports.optionOf", { option: name });
  return name;
}

function shown(cell: string): string {
  return cell === "" ? t("imports.blank") : cell;
}
