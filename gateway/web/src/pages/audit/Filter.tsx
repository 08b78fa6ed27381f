import { useEffect, useState } from "preact/hooks";
import type { AuditDeed } from "~/api/types.generated.ts";
import { t } from "~/words/words.ts";
import type { Looked } from "./Audit.tsx";
import { DEEDS, wordsOf } from "./deeds.ts";

/** Who did it, what, and about what. */
export function Filter({ looked, look }: { looked: Looked; look: (looked: Looked) => void }) {
  const [draft, setDraft] = useState(looked);
  useEffect(() => setDraft(looked), [looked]);
  return (
    <search>
      <form
        class="search"
        onSubmit={(event) => {
          event.preventDefault();
          look({ ...draft, subject: draft.subject.trim(), about: draft.about.trim() });
        }}
      >
        <Word
          label={t("audit.findWho")}
          value={draft.subject}
          set={(subject) => setDraft({ ...draft, subject })}
        />
        <Word
          label={t("audit.findAbout")}
          value={draft.about}
          set={(about) => setDraft({ ...draft, about })}
        />
        <select
          class="field"
          aria-label={t("audit.did")}
          value={draft.deed}
          onChange={(event) =>
            look({ ...draft, deed: event.currentTarget.value as AuditDeed | "" })
          }
        >
          <option value="">{t("audit.all")}</option>
          {DEEDS.map((deed) => (
            <option key={deed} value={deed}>
              {wordsOf(deed)}
            </option>
          ))}
        </select>
        <button class="btn" type="submit">
          {t("audit.find")}
        </button>
      </form>
    </search>
  );
}

interface WordProps {
  label: string;
  value: string;
  set: (value: string) => void;
}

function Word({ label, value, set }: WordProps) {
  return (
    <input
      class="field"
      type="search"
      autocomplete="off"
      aria-label={label}
      placeholder={label}
      value={value}
      onInput={(event) => set(event.currentTarget.value)}
    />
  );
}
