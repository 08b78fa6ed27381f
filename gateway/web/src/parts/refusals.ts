/** Why the API did not do something, as `userErrors` has it. */
export interface Refusal {
  field: string[] | null;
  message: string;
  code: string;
}

/** What is wrong at a field; undefined for nothing. */
export function wrongAt(refusals: readonly Refusal[], ...names: string[]): string | undefined {
  return refusals.find(({ field }) => names.includes(field?.at(-1) ?? ""))?.message;
}

/** What is wrong at none of the fields that are shown. */
export function wrongElsewhere(refusals: readonly Refusal[], ...names: string[]): Refusal[] {
  return refusals.filter(({ field }) => !names.includes(field?.at(-1) ?? ""));
}
