import { useEffect, useRef, useState } from "preact/hooks";
import { Copy } from "~/parts/Copy.tsx";
import { saveText } from "~/parts/save.ts";
import { useHere } from "~/place/place.ts";
import { moment } from "~/words/format.ts";
import { t } from "~/words/words.ts";
import { linksFile } from "./addresses.ts";

export interface Made {
  links: string[];
  /** When they expire. */
  until: string;
}

/** Links that were just made: cxm keeps no copy, so leaving without taking them along is warned of. */
export function MadeLinks({ made, done }: { made: Made; done: () => void }) {
  const { timeZone } = useHere();
  const [isTaken, setTaken] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  useWarningUnless(isTaken);
  const text = made.links.join("\n");
  const keepFile = () => {
    saveText("links.csv", linksFile(made.links, made.until));
    setTaken(true);
  };
  return (
    <div class="pick mt">
      <h3 tabIndex={-1} ref={heading}>
        {t("surveyLinks.made", { count: made.links.length })}
      </h3>
      <p class="small">{t("surveyLinks.onlyNow")}</p>
      <p class="small muted">{t("surveyLinks.eachOnce", { at: moment(made.until, timeZone) })}</p>
      <textarea
        class="field mt"
        aria-label={t("surveyLinks.invite")}
        readOnly
        rows={6}
        value={text}
        onFocus={(event) => event.currentTarget.select()}
      />
      <div class="acts">
        <Copy text={text} label={t("surveyLinks.copyAll")} done={() => setTaken(true)} />
        <button class="btn" type="button" onClick={keepFile}>
          {t("surveyLinks.asCsv")}
        </button>
        <button class="btn" type="button" onClick={done}>
          {isTaken ? t("surveyLinks.done") : t("surveyLinks.throwAway")}
        </button>
      </div>
    </div>
  );
}

/** Asks before the page is left, for another page of cxm too. */
function useWarningUnless(isTaken: boolean): void {
  useEffect(() => {
    if (isTaken) return undefined;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    const ask = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
      if (link === null || link.getAttribute("target") === "_blank") return;
      if (confirm(t("surveyLinks.leaveThem"))) return;
      event.preventDefault();
      event.stopPropagation();
    };
    addEventListener("beforeunload", warn);
    document.addEventListener("click", ask, { capture: true });
    return () => {
      removeEventListener("beforeunload", warn);
      document.removeEventListener("click", ask, { capture: true });
    };
  }, [isTaken]);
}
