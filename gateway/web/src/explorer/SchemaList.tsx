import {
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
} from "graphql";
import { useState } from "preact/hooks";
import { t } from "~/words/words.ts";

const MOST_FOUND = 30;
const ROOTS = ["Query", "Mutation", "Subscription"];

interface Member {
  name: string;
  description?: string | null | undefined;
  deprecationReason?: string | null | undefined;
  type?: { toString(): string };
  args?: readonly { name: string; type: { toString(): string } }[];
}

/** What can be asked: a type with its fields, or what is found by a word. */
export function SchemaList({ schema }: { schema: GraphQLSchema }) {
  const [path, setPath] = useState<string[]>(["Query"]);
  const [word, setWord] = useState("");
  const open = (name: string) => {
    setWord("");
    setPath((before) => [...before.filter((each) => each !== name), name]);
  };
  const shown = schema.getType(path[path.length - 1] ?? "Query");
  return (
    <>
      <label class="find">
        <span>{t("explorer.find")}</span>
        <input type="search" value={word} onInput={(event) => setWord(event.currentTarget.value)} />
      </label>
      <p class="path">
        {[...new Set([...ROOTS.filter((name) => schema.getType(name)), ...path])].map((name) => (
          <button
            type="button"
            key={name}
            aria-pressed={name === shown?.name}
            onClick={() => open(name)}
          >
            {name}
          </button>
        ))}
      </p>
      {word.length > 1 ? (
        <Found schema={schema} word={word.toLowerCase()} open={open} />
      ) : (
        shown && <Described type={shown} open={open} />
      )}
    </>
  );
}

function Described({ type, open }: { type: GraphQLNamedType; open: (name: string) => void }) {
  return (
    <section>
      <h3>{type.name}</h3>
      {type.description && <p>{type.description}</p>}
      <dl>
        {membersOf(type).map((member) => (
          <MemberLine key={member.name} member={member} open={open} />
        ))}
      </dl>
    </section>
  );
}

function MemberLine({ member, open }: { member: Member; open: (name: string) => void }) {
  const args = member.args ?? [];
  return (
    <>
      <dt>
        <code>{member.name}</code>
        {args.length > 0 && (
          <>
            {" ("}
            {args.map((arg, at) => (
              <span key={arg.name}>
                {at > 0 && ", "}
                {arg.name}: <TypeName type={arg.type} open={open} />
              </span>
            ))}
            )
          </>
        )}
        {member.type && (
          <>
            {": "}
            <TypeName type={member.type} open={open} />
          </>
        )}
      </dt>
      <dd>
        {member.description}
        {member.deprecationReason && <em> @deprecated {member.deprecationReason}</em>}
      </dd>
    </>
  );
}

function TypeName({ type, open }: { type: { toString(): string }; open: (name: string) => void }) {
  return (
    <button
      type="button"
      class="type"
      onClick={() => open(getNamedType(type as never as GraphQLNamedType).name)}
    >
      {String(type)}
    </button>
  );
}

interface FoundProps {
  schema: GraphQLSchema;
  word: string;
  open: (name: string) => void;
}

function Found({ schema, word, open }: FoundProps) {
  const found: { name: string; member?: string }[] = [];
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith("__")) continue;
    if (type.name.toLowerCase().includes(word)) found.push({ name: type.name });
    for (const member of membersOf(type)) {
      const isFound = member.name.toLowerCase().includes(word);
      if (isFound) found.push({ name: type.name, member: member.name });
    }
  }
  return (
    <ul>
      {found.slice(0, MOST_FOUND).map(({ name, member }) => (
        <li key={`${name}.${member}`}>
          <button type="button" class="type" onClick={() => open(name)}>
            {member === undefined ? name : `${name}.${member}`}
          </button>
        </li>
      ))}
    </ul>
  );
}

function membersOf(type: GraphQLNamedType): Member[] {
  if (isObjectType(type) || isInterfaceType(type)) {
    return Object.values(type.getFields()) as GraphQLField<unknown, unknown>[];
  }
  if (isInputObjectType(type)) return Object.values(type.getFields());
  return isEnumType(type) ? [...type.getValues()] : [];
}
