import { useClient } from "@urql/preact";
import { useCallback, useEffect, useState } from "preact/hooks";
import type { IdentifierInput } from "~/api/types.generated.ts";
import { Skeleton } from "~/parts/Skeleton.tsx";
import { Trouble } from "~/parts/Trouble.tsx";
import { useHere } from "~/place/place.ts";
import { moment } from "~/words/format.ts";
import { t } from "~/words/words.ts";
import { CustomerConsentsDocument, type CustomerConsentsQuery } from "./queries.generated.ts";
import { Record } from "./Record.tsx";
import { Statements } from "./Statements.tsx";

type Page = NonNullable<NonNullable<CustomerConsentsQuery["customer"]>["consents"]>;
type Verdict = Page["verdicts"][number];

interface Read {
  verdicts: Verdict[];
  statements: Page["statements"];
  after: string | null;
  state: "reading" | "read" | "failed";
}

const NOTHING: Read = { verdicts: [], statements: [], after: null, state: "reading" };

interface Props {
  number: string;
  /** By what the customer was found, by who may not read customers by number. */
  identifier?: IdentifierInput;
}

/** What a customer consented to: what holds, and what was said, the newest first. */
export function Consents({ number, identifier }: Props) {
  const client = useClient();
  const [read, setRead] = useState(NOTHING);
  const [isRecording, setRecording] = useState(false);
  const [told, setTold] = useState("");
  const ask = useCallback(
    async (after: string | null) => {
      setRead((before) => ({ ...before, state: "reading" }));
      const whom = identifier === undefined ? { number } : { identifier };
      const { data } = await client
        .query(CustomerConsentsDocument, { ...whom, after }, { requestPolicy: "network-only" })
        .toPromise();
      const page = data?.customer?.consents;
      setRead((before) =>
        page == null
          ? { ...before, state: "failed" }
          : {
              verdicts: page.verdicts,
              statements:
                after === null ? page.statements : [...before.statements, ...page.statements],
              after: page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null,
              state: "read",
            },
      );
    },
    [client, number, identifier],
  );
  useEffect(() => {
    ask(null);
  }, [ask]);
  const { verdicts, statements, after, state } = read;
  return (
    <section class="card" aria-label={t("consents.title")}>
      <h2>{t("consents.title")}</h2>
      <p role="status" class={told && "note-bar"}>
        {told}
      </p>
      {state === "read" && verdicts.length === 0 && <p class="lede">{t("consents.nothing")}</p>}
      {verdicts.length > 0 && <Verdicts verdicts={verdicts} />}
      {statements.length > 0 && <Statements statements={statements} />}
      {state === "reading" && statements.length === 0 && <Skeleton />}
      {state === "failed" && <Trouble what={t("consents.title")} again={() => ask(null)} />}
      {isRecording ? (
        <Record
          number={number}
          leave={() => setRecording(false)}
          done={(words) => {
            setTold(words);
            setRecording(false);
            ask(null);
          }}
        />
      ) : (
        <div class="acts">
          {after !== null && (
            <button
              class="btn"
              type="button"
              aria-busy={state === "reading" || undefined}
              onClick={() => ask(after)}
            >
              {t("parts.more")}
            </button>
          )}
          <button class="btn" type="button" onClick={() => setRecording(true)}>
            {t("consents.record")} …
          </button>
        </div>
      )}
    </section>
  );
}

function Verdicts({ verdicts }: { verdicts: readonly Verdict[] }) {
  const { timeZone } = useHere();
  return (
    <table class="tbl fold mt">
      <caption class="vh">{t("consents.holds")}</caption>
      <thead>
        <tr>
          <th scope="col">{t("consents.purpose")}</th>
          <th scope="col">{t("consents.holds")}</th>
          <th scope="col">{t("consents.saidLast")}</th>
        </tr>
      </thead>
      <tbody>
        {verdicts.map(({ purpose, allowed, latest, since, divided }) => (
          <tr key={purpose}>
            <th scope="row">{purpose}</th>
            <td data-l={t("consents.holds")}>
              <b>{t(allowed ? "consents.allowed" : "consents.notAllowed")}</b>
              {divided && <span class="muted"> {t("consents.divided")}</span>}
            </td>
            <td data-l={t("consents.saidLast")}>
              {t(`consents.status_${latest}`)} · {moment(since, timeZone)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
