import { useEffect, useState } from "preact/hooks";

export const EVERY_MS = 15_000;

/** Who does not answer the gateway; "silent" where the gateway itself does not answer. */
export type Health = { away: string[] } | "silent";

/** Asks at once and every 15 seconds; undefined until the first answer. */
export function useHealth(): Health | undefined {
  const [health, setHealth] = useState<Health>();
  useEffect(() => {
    let isOpen = true;
    const look = async () => {
      const found = await ask();
      if (isOpen) setHealth(found);
    };
    look();
    const timer = setInterval(look, EVERY_MS);
    return () => {
      isOpen = false;
      clearInterval(timer);
    };
  }, []);
  return health;
}

async function ask(): Promise<Health> {
  try {
    const answer = await fetch("/readyz", { cache: "no-store" });
    const { away } = (await answer.json()) as { away?: string[] };
    return away === undefined ? "silent" : { away };
  } catch {
    return "silent";
  }
}
