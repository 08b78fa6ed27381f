import { useEffect, useState } from "preact/hooks";
import { Copy } from "~/parts/Copy.tsx";
import { Field } from "~/parts/Field.tsx";
import { Trouble } from "~/parts/Trouble.tsx";
import { t } from "~/words/words.ts";
import { readSnippet } from "./addresses.ts";

interface Props {
  address: string;
  /** Of its words, where the address names none. */
  language: string;
}

/** HTML for another website, to be copied. */
export function Snippet({ address, language }: Props) {
  const [snippet, setSnippet] = useState("");
  const [isAway, setIsAway] = useState(false);
  const [tries, setTries] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another try asks for the same again
  useEffect(() => {
    let isWanted = true;
    setIsAway(false);
    readSnippet(address, language).then(
      (found) => isWanted && setSnippet(found),
      () => isWanted && setIsAway(true),
    );
    return () => {
      isWanted = false;
    };
  }, [address, language, tries]);
  if (isAway) {
    return <Trouble what={t("surveyLinks.snippet")} again={() => setTries(tries + 1)} />;
  }
  return (
    <>
      <Field label={t("surveyLinks.snippet")} hint={t("surveyLinks.snippetHint")}>
        {(control) => (
          <textarea {...control} readOnly rows={4} value={snippet} aria-busy={snippet === ""} />
        )}
      </Field>
      <div class="acts">
        <Copy text={snippet} label={t("surveyLinks.copySnippet")} />
      </div>
    </>
  );
}
