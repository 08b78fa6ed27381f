import { useEffect, useState } from "preact/hooks";
import { t } from "~/words/words.ts";

const PATIENCE_MS = 300;

/** Where something is being read: nothing at first, after a moment the shape of a card. */
export function Skeleton({ lines = 3 }: { lines?: number }) {
  const [isLate, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div class="card mt" aria-busy="true" role="status" aria-label={t("parts.loading")}>
      <div class="stack">
        {Array.from({ length: lines }, (_, at) => (
          <div key={at} class={`${isLate ? "sk" : "sk-room"} ${at % 2 === 0 ? "w60" : "w80"}`} />
        ))}
      </div>
    </div>
  );
}
