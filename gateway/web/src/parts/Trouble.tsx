import { t } from "~/words/words.ts";

/** One part could not be read: which, and how to try again. The rest of the page stays. */
export function Trouble({ what, again }: { what: string; again: () => void }) {
  return (
    <p class="note-bar err" role="alert">
      {t("parts.trouble", { what })}
      <button class="btn" type="button" onClick={again}>
        {t("parts.again")}
      </button>
    </p>
  );
}
