import { useState } from "preact/hooks";
import { AskErasure } from "~/pages/privacy/AskErasure.tsx";
import { t } from "~/words/words.ts";

interface Props {
  /** As responses name the customer. */
  externalId: string;
}

/** An id that no profile has: responses may name it all the same, and can be asked to be erased. */
export function EraseUnknown({ externalId }: Props) {
  const [isAsking, setAsking] = useState(false);
  const [told, setTold] = useState("");
  return (
    <>
      <p class="small mt">{t("customers.nobodyErase")}</p>
      <p role="status" class={told && "note-bar"}>
        {told}
      </p>
      {isAsking && (
        <AskErasure
          whom={{ externalId }}
          leave={() => setAsking(false)}
          done={(words) => {
            setTold(words);
            setAsking(false);
          }}
        />
      )}
      {!isAsking && told === "" && (
        <div class="acts">
          <button class="btn" type="button" onClick={() => setAsking(true)}>
            {t("privacy.ask")} …
          </button>
        </div>
      )}
      {told !== "" && (
        <p class="small">
          <a href="/privacy">{t("privacy.toRequests")}</a>
        </p>
      )}
    </>
  );
}
