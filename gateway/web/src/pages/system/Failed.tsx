import { t } from "~/words/words.ts";

/** Work that came to no end, and why, as the platform says it. */
export function Failed({ why }: { why: string | null }) {
  return (
    <p class="wrong mt">
      {t("system.failed")} {why && <span lang="en">({why})</span>}
    </p>
  );
}
