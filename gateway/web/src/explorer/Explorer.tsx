import { GraphQLError, parse, print } from "graphql";
import { useState } from "preact/hooks";
import { remember, remembered } from "~/parts/remembered.ts";
import { number } from "~/words/format.ts";
import { t } from "~/words/words.ts";
import { Editor } from "./Editor.tsx";
import { SchemaList } from "./SchemaList.tsx";
import { useAsking } from "./useAsking.ts";
import { useSchema } from "./useSchema.ts";

const KEPT = { query: "cxm.explorer.query", variables: "cxm.explorer.variables" };
const FIRST = `query Departments($first: Int) {
  viewer { subject grants { role } }
  organization { key name }
  departments(first: $first) { edges { node { key name } } }
}
`;
const FIRST_VARIABLES = `{ "first": 5 }\n`;

/** The API, to try out: what is written is kept for this tab, a token is not. */
export function Explorer() {
  const [query, setQuery] = useKept(KEPT.query, FIRST);
  const [variables, setVariables] = useKept(KEPT.variables, FIRST_VARIABLES);
  const [written, setWritten] = useState({
    query: { text: query },
    variables: { text: variables },
  });
  const [token, setToken] = useState("");
  const [chosen, setChosen] = useState("");
  const schema = useSchema();
  const { shown, isRunning, run, stop } = useAsking();
  const names = operationsIn(query);
  const operationName =
    names.length > 1 ? (names.find((name) => name === chosen) ?? names[0]) : undefined;
  const runNow = () => void run({ query, variables, operationName, token });
  return (
    <main class="explorer" aria-busy={schema === undefined}>
      <header>
        <h1>{t("explorer.title")}</h1>
        {names.length > 1 && (
          <label class="operation">
            <span>{t("explorer.operation")}</span>
            <select
              value={operationName}
              onChange={(event) => setChosen(event.currentTarget.value)}
            >
              {names.map((name) => (
                <option key={name}>{name}</option>
              ))}
            </select>
          </label>
        )}
        <button
          type="button"
          onClick={() => setWritten({ ...written, query: { text: tidied(query) } })}
        >
          {t("explorer.tidy")}
        </button>
        <button type="button" class="primary" onClick={isRunning ? stop : runNow}>
          {t(isRunning ? "explorer.stop" : "explorer.run")}
        </button>
        <a href="/">{t("explorer.pages")}</a>
      </header>
      <section class="asked">
        <h2>{t("explorer.query")}</h2>
        <Editor
          kind="graphql"
          label={t("explorer.query")}
          content={written.query}
          schema={schema ?? undefined}
          onChange={setQuery}
          onRun={runNow}
        />
        <h2>{t("explorer.variables")}</h2>
        <Editor
          kind="json"
          label={t("explorer.variables")}
          content={written.variables}
          onChange={setVariables}
          onRun={runNow}
        />
        <label class="token">
          <span>{t("explorer.token")}</span>
          <input
            type="password"
            autocomplete="off"
            spellcheck={false}
            value={token}
            onInput={(event) => setToken(event.currentTarget.value)}
          />
        </label>
        <p class="hint">{t("explorer.tokenIs")}</p>
        <p class="hint">{t("explorer.keys")}</p>
      </section>
      <section class="answered" aria-live="polite">
        <h2>{t("explorer.answer")}</h2>
        <p class="hint">
          {shown.status !== undefined &&
            t("explorer.status", { status: String(shown.status), ms: number(shown.ms ?? 0) })}
          {shown.cost && " · "}
          {shown.cost &&
            t("explorer.cost", {
              charged: number(shown.cost.charged),
              limit: number(shown.cost.limit),
            })}
        </p>
        <Editor kind="answer" label={t("explorer.answer")} content={shown} onRun={runNow} />
      </section>
      <section class="schema">
        <h2>{t("explorer.schema")}</h2>
        {schema === null && <p>{t("explorer.noSchema")}</p>}
        {schema && <SchemaList schema={schema} />}
      </section>
    </main>
  );
}

/** A text that this tab keeps. */
function useKept(name: string, first: string): [string, (text: string) => void] {
  const [text, setText] = useState(() => remembered(name, "sessionStorage") ?? first);
  const keep = (written: string) => {
    remember(name, written, "sessionStorage");
    setText(written);
  };
  return [text, keep];
}

function operationsIn(query: string): string[] {
  try {
    return parse(query).definitions.flatMap((each) =>
      each.kind === "OperationDefinition" && each.name ? [each.name.value] : [],
    );
  } catch (error) {
    if (error instanceof GraphQLError) return []; // half written
    throw error;
  }
}

/** As it is printed; as it stands where it is half written. */
function tidied(query: string): string {
  try {
    return `${print(parse(query))}\n`;
  } catch (error) {
    if (error instanceof GraphQLError) return query;
    throw error;
  }
}
