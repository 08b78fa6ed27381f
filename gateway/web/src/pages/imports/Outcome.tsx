import type { ComponentChildren } from "preact";
import { addressOf, usePlace } from "~/place/place.ts";
import { number } from "~/words/format.ts";
import { rich, t } from "~/words/words.ts";
import { backToColumns, type Current, leaveFile, type Run, send } from "./current.ts";
import { Differences } from "./Differences.tsx";
import type { Counts, Done } from "./door.ts";
import { type LeftOut, leftOut } from "./leftOut.ts";
import { RefusedRows } from "./RefusedRows.tsx";

const LEFT_OUT = {
  mapping: "imports.leftOutRows",
  unknown: "imports.leftOutRows_unknown",
  TOTAL_ROWS: "imports.leftOutRows_TOTAL_ROWS",
  HEADER_AGAIN: "imports.leftOutRows_HEADER_AGAIN",
  COUNT_OF_NONE: "imports.leftOutRows_COUNT_OF_NONE",
} as const satisfies Record<LeftOut["cause"], string>;

interface Props {
  current: Current;
  run: Run;
  steps: ComponentChildren;
}

/** What became of the rows, or would: in a sentence, in numbers, and row by row where they are refused. */
export function Outcome({ current, run, steps }: Props) {
  const { file } = current;
  const name = file?.name ?? "";
  return (
    <>
      <h1 class="verdict" tabIndex={-1}>
        <Sentence run={run} />
      </h1>
      <p class="verdict-2">
        {run.isDry ? t("imports.triedOn", { name }) : t("imports.storedFrom", { name })}
      </p>
      {steps}
      <div class="split">
        <div class="stack">
          <Failure run={run} />
          <RefusedRows run={run} />
          <Differences run={run} />
        </div>
        <aside class="stack">
          <Numbers run={run} />
          <Next run={run} />
        </aside>
      </div>
    </>
  );
}

function Sentence({ run }: { run: Run }) {
  const { end, isDry, counts } = run;
  const kept = keptIn(counts);
  const words = {
    count: kept,
    kept: number(kept),
    refused: number(counts?.refused ?? 0),
  };
  if (end === undefined || "failed" in end) return <>{t("imports.failed")}</>;
  if ("stopped" in end)
    return <>{t(isDry ? "imports.stoppedTry" : "imports.stopped", { kept: number(kept) })}</>;
  if (kept === 0 && (counts?.refused ?? 0) === 0) return <>{t("imports.nothingNew")}</>;
  return <>{rich(isDry ? "imports.canBeStored" : "imports.isStored", words)}</>;
}

function Failure({ run: { end, isDry } }: { run: Run }) {
  if (end === undefined || !("failed" in end)) return null;
  return (
    <div class="note-bar err" role="alert">
      <p>
        <span lang="en">{end.failed}</span>
        <br />
        {t(end.isBegun && !isDry ? "imports.partStored" : "imports.noneStored")}
      </p>
    </div>
  );
}

/** Counts that are not 0, what was made on the way, and what was noticed. */
function Numbers({ run }: { run: Run }) {
  const { counts, end, isDry } = run;
  if (counts === undefined) return null;
  const done = end !== undefined && "done" in end ? end.done : undefined;
  const facts: [label: string, value: number][] = [
    [t(isDry ? "imports.newRows" : "imports.newStored"), counts.stored],
    [t("imports.corrected"), counts.corrected],
    [t("imports.already"), counts.alreadyStored],
    [t("imports.refused"), counts.refused],
    ...leftOut(counts, done).map(({ cause, rows }): [string, number] => [t(LEFT_OUT[cause]), rows]),
    [t("imports.joined"), counts.joined],
  ];
  return (
    <section class="card" aria-labelledby="h-numbers">
      <h2 id="h-numbers">{t(isDry ? "imports.willChange" : "imports.changed")}</h2>
      <dl class="kv">
        {facts
          .filter(([, value], at) => at === 0 || value > 0)
          .map(([label, value]) => (
            <div class="kv-in" key={label}>
              <dt>{label}</dt>
              <dd>{number(value)}</dd>
            </div>
          ))}
        {done && <Made done={done} />}
      </dl>
      {done && done.remarks.length > 0 && (
        <>
          <h3 class="mt">{t("imports.remarks")}</h3>
          <ul class="items" lang="en">
            {done.remarks.map(({ reason, count, message }) => (
              <li key={reason}>
                <p>
                  {number(count)} {message}
                </p>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function Made({ done: { created } }: { done: Done }) {
  const { survey, departments } = created;
  return (
    <>
      {survey && (
        <div class="kv-in">
          <dt>{t("imports.madeSurvey")}</dt>
          <dd>{survey}</dd>
        </div>
      )}
      {departments.count > 0 && (
        <div class="kv-in">
          <dt>{t("imports.madeDepartments")}</dt>
          <dd>
            {number(departments.count)}: {departments.names.join(", ")}
          </dd>
        </div>
      )}
    </>
  );
}

/** One main button: store, see the scores, or go back to what can be mended. */
function Next({ run }: { run: Run }) {
  const place = usePlace();
  const { end, isDry, counts } = run;
  const kept = keptIn(counts);
  const isWhole = end !== undefined && "done" in end;
  return (
    <section class="card" aria-labelledby="h-next">
      <h2 id="h-next">{t("imports.next")}</h2>
      <div class="acts">
        {isDry && isWhole && kept > 0 && (
          <button class="btn primary" type="button" onClick={() => void send(false)}>
            {t("imports.store", { count: kept, kept: number(kept) })}
          </button>
        )}
        {!isDry && isWhole && (
          <a class="btn primary" href={addressOf("/departments", place)}>
            {t("imports.seeScores")}
          </a>
        )}
        {!isWhole && (
          <button class="btn primary" type="button" onClick={() => void send(isDry)}>
            {t("parts.again")}
          </button>
        )}
        {(isDry || !isWhole) && (
          <button class="btn" type="button" onClick={backToColumns}>
            {t("imports.back")}
          </button>
        )}
        <button class="btn" type="button" onClick={leaveFile}>
          {t("imports.otherFile")}
        </button>
      </div>
    </section>
  );
}

function keptIn(counts: Counts | undefined): number {
  return (counts?.stored ?? 0) + (counts?.corrected ?? 0);
}
