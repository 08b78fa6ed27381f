import { useState } from "preact/hooks";
import { t } from "~/words/words.ts";

interface Props {
  text: string;
  label: string;
  done?: () => void;
}

/** Copies a text; says that it did, or how else it is done. */
export function Copy({ text, label, done }: Props) {
  const [said, setSaid] = useState("");
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setSaid(t("parts.copied"));
      done?.();
    } catch {
      setSaid(t("parts.notCopied"));
    }
  };
  return (
    <>
      <button class="btn" type="button" onClick={copy}>
        {label}
      </button>
      <span class="small muted" role="status">
        {said}
      </span>
    </>
  );
}
