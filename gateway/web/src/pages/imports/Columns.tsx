import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { Skeleton } from "~/parts/Skeleton.tsx";
import { number } from "~/words/format.ts";
import { rich, t } from "~/words/words.ts";
import { ColumnTable } from "./ColumnTable.tsx";
import { begin, type Current, change, changeStored, leaveFile, send } from "./current.ts";
import { CHANGES } from "./door.ts";
import { ForAllRows } from "./ForAllRows.tsx";
import { KINDS, type Kind } from "./kinds.ts";
import { type Mapping, read, roleOf, write } from "./mapping.ts";

interface Props {
  current: Current;
  isReading: boolean;
  steps: ComponentChildren;
}

/** What each column means: a form over the columns, and the mapping as text, which is what is sent. */
export function Columns({ current, isReading, steps }: Props) {
  const { file, columns, unread } = current;
  const [isAsked, setAsked] = useState(false);
  const found = read(current.mapping);
  const mapping = "mapping" in found ? found.mapping : undefined;
  const isEmpty = current.mapping.trim() === "";
  const edit = (changed: Mapping) => change(write(changed));
  const attempt = () => {
    setAsked(true);
    if (mapping !== undefined && !isEmpty) void send(true);
  };
  const wrong = "wrong" in found ? found.wrong : isAsked && isEmpty ? t("parts.needed") : undefined;
  const known = mapping ? columns.filter((column) => roleOf(mapping, column) !== "").length : 0;
  return (
    <>
      <h1 class="verdict" tabIndex={-1}>
        {t("imports.columnsOf", { name: file?.name ?? "" })}
      </h1>
      <p class="verdict-2" role="status">
        {isReading
          ? t("imports.reading")
          : rich("imports.recognised", {
              known: number(known),
              count: columns.length,
              all: number(columns.length),
            })}
      </p>
      {steps}
      {isReading ? (
        <Skeleton lines={6} />
      ) : (
        <div class="split">
          <div class="stack">
            {unread && <p class="note-bar err">{t("imports.unread", { why: unread })}</p>}
            {columns.length > 0 && mapping && (
              <ColumnTable kind={current.kind} mapping={mapping} columns={columns} edit={edit} />
            )}
            <MappingText text={current.mapping} wrong={wrong} isOpen={columns.length === 0} />
          </div>
          <aside class="stack">
            <Next attempt={attempt} />
            <WhatIsIn current={current} />
            {mapping && <ForAllRows kind={current.kind} mapping={mapping} edit={edit} />}
            <Changing current={current} />
            <Doubts doubts={current.doubts} />
          </aside>
        </div>
      )}
    </>
  );
}

function Next({ attempt }: { attempt: () => void }) {
  return (
    <section class="card" aria-labelledby="h-next">
      <h2 id="h-next">{t("imports.next")}</h2>
      <p class="lede">{t("imports.tryIs")}</p>
      <div class="acts">
        <button class="btn primary" type="button" onClick={attempt}>
          {t("imports.try")}
        </button>
        <button class="btn" type="button" onClick={leaveFile}>
          {t("imports.otherFile")}
        </button>
      </div>
    </section>
  );
}

function WhatIsIn({ current: { kind, file } }: { current: Current }) {
  return (
    <section class="card">
      <div class="fld first">
        <label for="kind">{t("imports.whatIsIn")}</label>
        <select
          class="field"
          id="kind"
          value={kind}
          onChange={(event) => file && void begin(file, event.currentTarget.value as Kind)}
        >
          {KINDS.map((one) => (
            <option key={one} value={one}>
              {t(`imports.kind_${one}`)}
            </option>
          ))}
        </select>
        <span class="hint">{t("imports.kindHint")}</span>
      </div>
    </section>
  );
}

/** Whether rows that are stored already may change, and what that does. */
function Changing({ current: { kind, changesStored } }: { current: Current }) {
  const way = CHANGES[kind];
  if (way === undefined) return null;
  return (
    <section class="card" aria-labelledby="h-changing">
      <h2 id="h-changing">{t("imports.changing")}</h2>
      <label class="opt">
        <input
          type="checkbox"
          checked={changesStored}
          aria-describedby="changing-is"
          onChange={(event) => changeStored(event.currentTarget.checked)}
        />
        {t(`imports.${way}`)}
      </label>
      <p class="small muted" id="changing-is">
        {t(`imports.${way}Is`)}
      </p>
    </section>
  );
}

function Doubts({ doubts }: { doubts: string[] }) {
  if (doubts.length === 0) return null;
  return (
    <section class="card" aria-labelledby="h-doubts">
      <h2 id="h-doubts">{t("imports.doubts")}</h2>
      <ul class="items" lang="en">
        {doubts.map((doubt) => (
          <li key={doubt}>
            <p>{doubt}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}

interface TextProps {
  text: string;
  wrong: string | undefined;
  isOpen: boolean;
}

/** The mapping as it is sent; what is written here shows in the form at once. */
function MappingText({ text, wrong, isOpen }: TextProps) {
  return (
    <section class="card">
      <details open={isOpen || wrong !== undefined}>
        <summary>{t("imports.asText")}</summary>
        <div class="fld">
          <label for="mapping">{t("imports.mapping")}</label>
          <span class="hint">{t("imports.mappingHint")}</span>
          <textarea
            class="field code"
            id="mapping"
            rows={16}
            spellcheck={false}
            aria-invalid={wrong === undefined ? undefined : true}
            aria-describedby={wrong && "mapping-wrong"}
            value={text}
            onInput={(event) => change(event.currentTarget.value)}
          />
          {wrong && (
            <span class="wrong pre" id="mapping-wrong" role="alert" lang="en">
              {wrong}
            </span>
          )}
        </div>
      </details>
    </section>
  );
}
