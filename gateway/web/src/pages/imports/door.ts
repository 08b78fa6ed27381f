// The door of imports: a file and its mapping in, what became of the rows out, a line of JSON at a time.

import { MARKER } from "~/api/marker.ts";
import { traced } from "~/api/trace.ts";
import type { Kind } from "./kinds.ts";

export interface Refused {
  row: number;
  column: string;
  reason: string;
  message: string;
}

export interface Counts {
  rows: number;
  stored: number;
  corrected: number;
  alreadyStored: number;
  refused: number;
  leftOut: number;
  joined: number;
}

export interface Done extends Counts {
  created: { survey: string | null; departments: { count: number; names: string[] } };
  remarks: { reason: string; count: number; message: string }[];
}

export interface Failed {
  message: string;
  extensions?: { reason?: string; code?: string };
}

/** An employee whose stints a file that replaces changes: those that go, and those that come, in words. */
export interface Difference {
  id: string;
  before: string[];
  after: string[];
}

export type Line =
  | { refused: Refused }
  | { progress: Counts }
  | { done: Done }
  | { error: Failed }
  | { difference: Difference };

/** The import, or the rehearsal of it, was not even begun: why, as the door says it. */
export class NotBegun extends Error {}

export interface Asked {
  kind: Kind;
  file: File;
  mapping: string;
  dryRun: boolean;
  /** Whether what is stored may change: answers of responses, all stints of employees. */
  changesStored: boolean;
}

/** By which switch the door is told that what is stored may change; kinds without one change nothing by rows. */
export const CHANGES: Partial<Record<Kind, "update" | "replace">> = {
  responses: "update",
  employees: "replace",
};

/** Sends a file straight from the disk, and gives back lines as they come. Throws NotBegun, or TypeError when the line is cut. */
export async function* sendFile(asked: Asked, signal: AbortSignal): AsyncGenerator<Line> {
  const query = new URLSearchParams({ name: asked.file.name, dryRun: String(asked.dryRun) });
  const change = CHANGES[asked.kind];
  if (asked.changesStored && change !== undefined) query.set(change, "true");
  const body = new FormData();
  body.append("mapping", new Blob([asked.mapping], { type: "application/toml" }));
  body.append("file", asked.file);
  const response = await fetch(`/imports/${asked.kind}?${query}`, {
    method: "POST",
    headers: { ...MARKER, ...traced() },
    body,
    signal,
  });
  if (!response.ok || response.body === null) throw new NotBegun(await reasonOf(response));
  for await (const line of linesOf(response.body)) yield JSON.parse(line);
}

/** Lines of a body, as they come. */
export async function* linesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  const reader = body.getReader();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    rest += decoder.decode(value, { stream: !done });
    const lines = rest.split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) if (line !== "") yield line;
    if (done) break;
  }
  if (rest !== "") yield rest;
}

/** What an answer that is no success says in words. */
export async function reasonOf(response: Response): Promise<string> {
  const text = await response.text();
  try {
    const { errors } = JSON.parse(text) as { errors: { message: string }[] };
    return errors.map(({ message }) => message).join(" ");
  } catch {
    return `${response.status} ${response.statusText}`;
  }
}
