/** One piece of a text, and whether it is what was searched for. */
export interface Piece {
  text: string;
  isMatch: boolean;
}

/** A text cut where the searched words stand, in any case. */
export function marked(text: string, search: string): Piece[] {
  const wanted = search.trim();
  if (wanted === "") return [{ text, isMatch: false }];
  const pattern = new RegExp(`(${wanted.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&")})`, "giu");
  return text
    .split(pattern)
    .map((piece, at) => ({ text: piece, isMatch: at % 2 === 1 }))
    .filter((piece) => piece.text !== "");
}
