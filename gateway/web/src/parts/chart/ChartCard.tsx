import type { ComponentChildren } from "preact";
import { useId, useRef, useState } from "preact/hooks";
import { t } from "~/words/words.ts";
import { csvOf } from "../csv.ts";
import { saveText } from "../save.ts";
import { savePicture } from "./savePicture.ts";

/** The same numbers as a table: the first column names the row. */
export interface Table {
  caption: string;
  head: string[];
  rows: (string | number | null)[][];
}

interface Props {
  /** The finding, not the name of the chart. */
  title: string;
  sub: string;
  /** Made when it is asked for: it holds every number as text. */
  table: () => Table;
  note?: ComponentChildren;
  /** Of saved files, without an ending. */
  file: string;
  kind?: string;
  /** What chooses what is drawn: it stands above the table too. */
  controls?: ComponentChildren;
  children: ComponentChildren;
}

/** A chart, with its finding as title, the table behind it, and both to be saved. */
export function ChartCard({ title, sub, table, note, file, kind = "", controls, children }: Props) {
  const id = useId();
  const card = useRef<HTMLElement>(null);
  const [isTable, setTable] = useState(false);
  return (
    <section class={`card chart ${kind}`} aria-labelledby={id} ref={card}>
      <h2 id={id}>{title}</h2>
      <p class="sub">{sub}</p>
      {controls}
      {isTable ? <TableOf table={table()} /> : children}
      <p class="chart-f">
        {note && <span>{note}</span>}
        <span class="chart-acts">
          <button class="link" type="button" onClick={() => setTable(!isTable)}>
            {isTable ? t("parts.asChart") : t("parts.asTable")}
          </button>
          <button
            class="link"
            type="button"
            onClick={() => {
              const { head, rows } = table();
              saveText(`${file}.csv`, csvOf([head, ...rows]));
            }}
          >
            CSV
          </button>
          {!isTable && (
            <button
              class="link"
              type="button"
              onClick={() => card.current && savePicture(card.current, `${file}.png`)}
            >
              PNG
            </button>
          )}
        </span>
      </p>
    </section>
  );
}

function TableOf({ table: { caption, head, rows } }: { table: Table }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways is reached by keys
    <div class="scroll" tabIndex={0}>
      <table class="tbl">
        <caption>{caption}</caption>
        <thead>
          <tr>
            {head.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, ...cells], row) => (
            <tr key={row}>
              <th scope="row">{name}</th>
              {cells.map((cell, at) => (
                <td key={head[at + 1]}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
