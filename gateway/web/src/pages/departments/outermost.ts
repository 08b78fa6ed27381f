interface Granted {
  key: string;
  ancestors: { key: string }[] | null;
}

/** Of the granted departments those under no other one of them: those below stand in their trees. */
export function outermost<Department extends Granted>(
  granted: readonly Department[],
): Department[] {
  const keys = new Set(granted.map(({ key }) => key));
  return granted.filter(({ ancestors }) => !ancestors?.some(({ key }) => keys.has(key)));
}
