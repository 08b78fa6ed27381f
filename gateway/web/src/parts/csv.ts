type Cell = string | number | null;

/** Rows as CSV that spreadsheets open and do not run: RFC 4180, UTF-8 with BOM. */
export function csvOf(rows: readonly (readonly Cell[])[]): string {
  return `\uFEFF${rows.map((row) => `${row.map(cellOf).join(",")}\r\n`).join("")}`;
}

function cellOf(cell: Cell): string {
  if (cell === null) return "";
  if (typeof cell === "number") return String(cell);
  const guarded = isRisky(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}

/** Whether a spreadsheet would calculate it; a number with its sign, alone or in words, is none. */
function isRisky(text: string): boolean {
  return /^[=+\-@\t\r\n]/.test(text) && !/^[+-]\d[^=|!@&(*/^+-]*( [^=|!@&(*/^]*)?$/.test(text);
}
