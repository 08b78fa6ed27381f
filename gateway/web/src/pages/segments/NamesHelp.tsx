import { t } from "~/words/words.ts";
import type { SegmentsQuery } from "./queries.generated.ts";

type Name = NonNullable<SegmentsQuery["ruleNames"]>[number];

interface Props {
  names: readonly Name[];
  /** Writes a text at the end of the rule. */
  put: (text: string) => void;
}

/** What rules may speak of: each is written into the rule by a press. */
export function NamesHelp({ names, put }: Props) {
  if (names.length === 0) return null;
  return (
    <details class="mt">
      <summary>{t("segments.names")}</summary>
      <ul class="chips">
        {names.map((name) => (
          <li key={name.name}>
            <button class="btn" type="button" onClick={() => put(example(name))}>
              <code>{name.name}</code>
            </button>
          </li>
        ))}
      </ul>
    </details>
  );
}

/** A name as a rule asks for it. */
function example({ name, kind, options }: Name): string {
  const [first = ""] = options;
  switch (kind) {
    case "DATE":
      return `${name} >= date("2026-01-31")`;
    case "OPTIONS":
      return `${name} has "${first}"`;
    case "CONDITION":
      return `${name}("${first}")`;
    case "WINDOW":
      return `${name}(90) > 0`;
    case "BOUGHT":
      return `${name}("", 90)`;
    default:
      return `${name} = "${first}"`;
  }
}
