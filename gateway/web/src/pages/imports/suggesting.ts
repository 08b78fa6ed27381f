import { MARKER } from "~/api/marker.ts";
import { traced } from "~/api/trace.ts";
import { t } from "~/words/words.ts";
import { reasonOf } from "./door.ts";
import type { Kind } from "./kinds.ts";
import type { Column } from "./mapping.ts";

/** So much of a file is enough to know its columns. */
const FIRST_BYTES = 1024 * 1024;

export interface Suggestion {
  kind: Kind;
  mapping: string;
  columns: Column[];
  /** Sentences about what should be looked at. */
  doubts: string[];
}

/** As the door says it. */
interface Told extends Omit<Suggestion, "columns"> {
  columns: { title: string; rows: string[] }[];
}

/** What a file's first part tells of it; `unread` says why nothing could be told. A kind that is not given is guessed. */
export async function suggest(
  file: File,
  kind: Kind | undefined,
): Promise<Suggestion | { unread: string }> {
  const query = new URLSearchParams({ name: file.name, ...(kind && { kind }) });
  try {
    const response = await fetch(`/imports/suggestion?${query}`, {
      method: "POST",
      headers: { ...MARKER, ...traced(), "Content-Type": "application/octet-stream" },
      body: file.slice(0, FIRST_BYTES),
    });
    if (!response.ok) return { unread: await reasonOf(response) };
    const { columns, ...told } = (await response.json()) as Told;
    return {
      ...told,
      columns: columns.map(({ title, rows }, at) => ({ number: at + 1, title, cells: rows })),
    };
  } catch {
    return { unread: t("imports.lost") };
  }
}
