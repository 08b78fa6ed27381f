import { useClient } from "@urql/preact";
import { useCallback, useEffect, useState } from "preact/hooks";
import { Skeleton } from "~/parts/Skeleton.tsx";
import { byStage, STAGES, stageName } from "~/parts/stages.ts";
import { Trouble } from "~/parts/Trouble.tsx";
import { useHere } from "~/place/place.ts";
import { number as figure, list, moment } from "~/words/format.ts";
import { type Key, t } from "~/words/words.ts";
import { INTERACTIONS, useInteractionKinds } from "./interactionKinds.ts";
import { CustomerPathDocument, type CustomerPathQuery } from "./queries.generated.ts";

type Shown = NonNullable<CustomerPathQuery["customer"]>;
type Entry = NonNullable<Shown["timeline"]>["entries"][number];
type Standing = NonNullable<Shown["whereabouts"]>;

interface Read {
  standing: Standing | undefined;
  entries: Entry[];
  isSurveyMissing: boolean;
  after: string | null;
  state: "reading" | "read" | "failed";
}

const NOTHING: Read = {
  standing: undefined,
  entries: [],
  isSurveyMissing: false,
  after: null,
  state: "reading",
};

interface Props {
  number: string;
  /** How many there are: when it is another, the path is read again. */
  links: number;
}

/** Where a customer stands, and what one did and said, the newest first. */
export function Path({ number, links }: Props) {
  const client = useClient();
  const [read, setRead] = useState(NOTHING);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another number of links is another path
  const ask = useCallback(
    async (after: string | null) => {
      setRead((before) => ({ ...(after === null ? NOTHING : before), state: "reading" }));
      const { data } = await client
        .query(CustomerPathDocument, { number, after }, { requestPolicy: "network-only" })
        .toPromise();
      const page = data?.customer?.timeline;
      setRead((before) =>
        page == null
          ? { ...before, state: "failed" }
          : {
              standing: data?.customer?.whereabouts ?? before.standing,
              entries: after === null ? page.entries : [...before.entries, ...page.entries],
              isSurveyMissing: page.missing.includes("SURVEY"),
              after: page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null,
              state: "read",
            },
      );
    },
    [client, number, links],
  );
  useEffect(() => {
    ask(null);
  }, [ask]);
  const { standing, entries, isSurveyMissing, after, state } = read;
  return (
    <section class="card" aria-label={t("customers.path")}>
      <h2>{t("customers.path")}</h2>
      {standing && isKnown(standing) && <Stands standing={standing} />}
      {isSurveyMissing && (
        <p class="note-bar" role="status">
          {t("customers.surveyMissing")}
        </p>
      )}
      {state === "read" && entries.length === 0 && <p class="lede">{t("customers.nothingDone")}</p>}
      {entries.length > 1 && <Picture entries={entries} />}
      <Entries entries={entries} />
      {state === "reading" && entries.length === 0 && <Skeleton />}
      {state === "failed" && <Trouble what={t("customers.path")} again={() => ask(null)} />}
      {after !== null && (
        <div class="acts">
          <button
            class="btn"
            type="button"
            aria-busy={state === "reading" || undefined}
            onClick={() => ask(after)}
          >
            {t("parts.more")}
          </button>
        </div>
      )}
    </section>
  );
}

/** Interactions say where a customer stands; answers alone do not. */
function isKnown({ stage, silentDays }: Standing): boolean {
  return stage !== null || silentDays !== null;
}

function Stands({ standing }: { standing: Standing }) {
  const { timeZone } = useHere();
  const { stage, since, silentDays } = standing;
  return (
    <p class="lede">
      {stage !== null && since !== null
        ? t("customers.stands", { stage: stageName(stage), since: moment(since, timeZone) })
        : t("customers.standsNowhere")}{" "}
      {silentDays === null
        ? t("customers.neverMet")
        : t("customers.silent", { days: figure(silentDays) })}
    </p>
  );
}

const LANE = 28;
const LEFT = 8;
const WIDTH = 640;
const DOT = 5;

/** A lane for each stage, time from left to right; what happened in no stage is not drawn. */
function Picture({ entries }: { entries: readonly Entry[] }) {
  const staged = entries.filter((entry) => entry.stage !== null).toReversed();
  const own = new Set(staged.map((entry) => entry.stage ?? ""));
  const stages = [...new Set<string>([...STAGES, ...own])].sort(byStage);
  const first = Date.parse(staged[0]?.at ?? "");
  const last = Date.parse(staged.at(-1)?.at ?? "");
  if (staged.length < 2) return null;
  const points = staged.map((entry) => {
    const share = last > first ? (Date.parse(entry.at) - first) / (last - first) : 0.5;
    const x = LEFT + DOT + share * (WIDTH - LEFT * 2 - DOT * 2);
    return { x, y: stages.indexOf(entry.stage ?? "") * LANE + LANE / 2, entry };
  });
  const seen = stages.filter((stage) => own.has(stage)).map(stageName);
  return (
    <figure class="path">
      <div class="path-stages" aria-hidden="true">
        {stages.map((stage) => (
          <span key={stage} style={`height: ${LANE}px`}>
            {stageName(stage)}
          </span>
        ))}
      </div>
      <svg
        role="img"
        aria-label={t("customers.pathThrough", { stages: list(seen) })}
        viewBox={`0 0 ${WIDTH} ${stages.length * LANE}`}
        preserveAspectRatio="none"
        style={`height: ${stages.length * LANE}px`}
      >
        {stages.map((stage, at) => (
          <line
            key={stage}
            class="path-lane"
            x1={0}
            x2={WIDTH}
            y1={at * LANE + LANE / 2}
            y2={at * LANE + LANE / 2}
          />
        ))}
        <polyline class="path-way" points={points.map(({ x, y }) => `${x},${y}`).join(" ")} />
        {points.map(({ x, y, entry }, at) => (
          <ellipse
            key={`${entry.at} ${at}`}
            class={entry.source === "SURVEY" ? "path-said" : "path-did"}
            cx={x}
            cy={y}
            rx={DOT}
            ry={DOT}
          />
        ))}
      </svg>
    </figure>
  );
}

function Entries({ entries }: { entries: readonly Entry[] }) {
  const { timeZone } = useHere();
  const kinds = useInteractionKinds();
  return (
    <ul class="items">
      {entries.map((entry, at) => (
        <li key={`${entry.at} ${at}`}>
          <div>
            <b>{nameOf(entry.kind, kinds)}</b>
            {entry.lead !== null && ` · ${figure(entry.lead.score)} / ${figure(entry.lead.high)}`}
            {entry.survey !== null && ` · ${entry.survey.name}`}
            {entry.details.map(({ name, value }) => ` · ${name}: ${value}`)}
            <p>
              {[
                moment(entry.at, timeZone),
                entry.stage === null ? "" : stageName(entry.stage),
                entry.department?.name ?? "",
                entry.touchpoint?.name ?? "",
                entry.channel ?? "",
              ]
                .filter((said) => said !== "")
                .join(" · ")}
            </p>
          </div>
        </li>
      ))}
    </ul>
  );
}

function nameOf(kind: string, own: ReadonlyMap<string, string>): string {
  const known = INTERACTIONS.find((each) => each === kind);
  return known === undefined ? (own.get(kind) ?? kind) : t(`customers.did_${known}` satisfies Key);
}
