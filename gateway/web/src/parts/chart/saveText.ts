import type { Table } from "./ChartCard.tsx";

/** A table as CSV that spreadsheets open and do not run: RFC 4180, UTF-8 with BOM. */
export function csvOf({ head, rows }: Table): string {
  const lines = [head, ...rows].map((line) => line.map(cellOf).join(","));
  return `\uFEFF${lines.join("\r\n")}\r\n`;
}

function cellOf(cell: string | number | null): string {
  if (cell === null) return "";
  if (typeof cell === "number") return String(cell);
  const guarded = /^[=+\-@\t\r\n]/.test(cell) && !/^[+-]?\d/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}

/** Offers a text as a file. */
export function saveText(name: string, text: string, type = "text/csv;charset=utf-8"): void {
  saveBlob(name, new Blob([text], { type }));
}

export function saveBlob(name: string, blob: Blob): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
