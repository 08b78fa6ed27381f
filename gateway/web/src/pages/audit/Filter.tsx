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
        class="cuts"
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
        <label>
          {t("audit.did")}
          <select
            class="field"
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
        </label>
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
    <label>
      {label}
      <input
        class="field"
        type="search"
        autocomplete="off"
        value={value}
        onInput={(event) => set(event.currentTarget.value)}
      />
    </label>
  );
}
