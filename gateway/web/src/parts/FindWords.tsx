import type { ComponentChildren } from "preact";
import { t } from "~/words/words.ts";

const LONGEST = 200;

interface Props {
  /** Of the field. */
  id: string;
  label: string;
  search: string;
  find: (search: string) => void;
  /** Stands beside the button. */
  beside?: ComponentChildren;
  children?: ComponentChildren;
}

/** Asks which words to look for; what is written stays out of the address. */
export function FindWords({ id, label, search, find, beside, children }: Props) {
  return (
    <search>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          find(String(new FormData(event.currentTarget).get("words") ?? "").trim());
        }}
      >
        <div class="search">
          <label class="vh" for={id}>
            {label}
          </label>
          <input
            key={search}
            class="field"
            id={id}
            name="words"
            type="search"
            maxLength={LONGEST}
            placeholder={label}
            defaultValue={search}
            autocomplete="off"
          />
          <button class="btn" type="submit">
            {t("parts.find")}
          </button>
          {beside}
        </div>
        {children}
      </form>
    </search>
  );
}
