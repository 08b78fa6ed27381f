// The import of this tab. It lives beside the pages, so that it goes on while another page is looked at.

import { useEffect, useState } from "preact/hooks";
import { t } from "~/words/words.ts";
import {
  type Counts,
  type Difference,
  type Done,
  type Line,
  NotBegun,
  type Refused,
  sendFile,
} from "./door.ts";
import type { Kind } from "./kinds.ts";
import type { Column } from "./mapping.ts";
import { suggest } from "./suggesting.ts";

export const MOST_SHOWN = 10_000;
const LEFT = "left";

/** A run, or a rehearsal, of a file. */
export interface Run {
  isDry: boolean;
  /** How many rows the rehearsal read. */
  expected: number | undefined;
  counts: Counts | undefined;
  refused: Refused[];
  differences: Difference[];
  /** Undefined while it goes on. */
  end: { done: Done } | { stopped: true } | { failed: string; isBegun: boolean } | undefined;
}

export interface Current {
  kind: Kind;
  file: File | undefined;
  isReading: boolean;
  columns: Column[];
  doubts: string[];
  mapping: string;
  /** Whether what is stored may change. */
  changesStored: boolean;
  /** Why no mapping could be suggested. */
  unread: string | undefined;
  run: Run | undefined;
}

const NOTHING: Current = {
  kind: "responses",
  file: undefined,
  isReading: false,
  columns: [],
  doubts: [],
  mapping: "",
  changesStored: false,
  unread: undefined,
  run: undefined,
};

let current = NOTHING;
let controller = new AbortController();
const listeners = new Set<(current: Current) => void>();

function set(to: Partial<Current>): void {
  current = { ...current, ...to };
  for (const listener of listeners) listener(current);
}

/** The import of this tab, as it stands. */
export function useCurrent(): Current {
  const [shown, setShown] = useState(current);
  useEffect(() => {
    setShown(current);
    listeners.add(setShown);
    return () => {
      listeners.delete(setShown);
    };
  }, []);
  return shown;
}

/** Begins with a file: what its columns are is asked for; a kind that is given is not guessed. */
export async function begin(file: File, kind?: Kind): Promise<void> {
  controller.abort(LEFT);
  set({ ...NOTHING, file, isReading: true, kind: kind ?? current.kind });
  const suggestion = await suggest(file, kind);
  if (current.file !== file) return;
  set({ isReading: false, ...suggestion });
}

export function change(mapping: string): void {
  set({ mapping, run: undefined });
}

export function changeStored(changesStored: boolean): void {
  set({ changesStored });
}

/** Back to the columns, with all that was said of them. */
export function backToColumns(): void {
  controller.abort(LEFT);
  set({ run: undefined });
}

export function leaveFile(): void {
  controller.abort(LEFT);
  set(NOTHING);
}

export function stop(): void {
  controller.abort();
}

/** Sends the file: to try it, or to store it. */
export async function send(isDry: boolean): Promise<void> {
  const { file, kind, mapping, changesStored } = current;
  const expected = current.run?.counts?.rows;
  if (file === undefined) return;
  controller = new AbortController();
  const { signal } = controller;
  let run: Run = {
    isDry,
    expected,
    counts: undefined,
    refused: [],
    differences: [],
    end: undefined,
  };
  const tell = (to: Partial<Run>) => {
    run = { ...run, ...to };
    if (current.file === file && signal.reason !== LEFT) set({ run });
  };
  tell({});
  const closing = warnOfClosing(isDry);
  try {
    for await (const line of sendFile(
      { kind, file, mapping, dryRun: isDry, changesStored },
      signal,
    )) {
      take(line, run, tell);
    }
    if (run.end === undefined) tell({ end: { failed: t("imports.lost"), isBegun: true } });
  } catch (error) {
    tell({ end: endOf(error, signal) });
  } finally {
    closing();
  }
}

function take(line: Line, { refused, differences }: Run, tell: (to: Partial<Run>) => void): void {
  if ("refused" in line) {
    if (refused.length < MOST_SHOWN) refused.push(line.refused);
  } else if ("difference" in line) differences.push(line.difference);
  else if ("progress" in line) tell({ counts: line.progress });
  else if ("done" in line) tell({ counts: line.done, end: { done: line.done } });
  else if ("error" in line) tell({ end: { failed: line.error.message, isBegun: true } });
}

function endOf(error: unknown, signal: AbortSignal): Run["end"] {
  if (signal.aborted) return { stopped: true };
  if (error instanceof NotBegun) return { failed: error.message, isBegun: false };
  return { failed: t("imports.lost"), isBegun: true };
}

/** While rows are being stored the browser asks before it closes the tab; gives back how to end that. */
function warnOfClosing(isDry: boolean): () => void {
  if (isDry) return () => undefined;
  const warn = (event: Event) => event.preventDefault();
  addEventListener("beforeunload", warn);
  return () => removeEventListener("beforeunload", warn);
}
