import type { Refused } from "./door.ts";

const RISKY = /^[=+\-@\t\r\n]/;

/** Refused rows as a table for a spreadsheet, which runs nothing of it. */
export function refusedCsv(refused: readonly Refused[]): string {
  const rows = refused.map(({ row, column, reason, message }) => [
    String(row),
    column,
    reason,
    message,
  ]);
  return [["row", "column", "reason", "message"], ...rows]
    .map((cells) => `${cells.map(cell).join(",")}\r\n`)
    .join("");
}

function cell(text: string): string {
  const safe = RISKY.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
