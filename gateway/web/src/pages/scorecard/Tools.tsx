import { createPortal } from "preact/compat";
import { useEffect, useState } from "preact/hooks";
import { FORMATS, scoresAddress } from "~/pages/exports/address.ts";
import { Drop } from "~/parts/Drop.tsx";
import { usePlace } from "~/place/place.ts";
import { languageInUse, t } from "~/words/words.ts";
import { TargetTool } from "./TargetForm.tsx";

/** Targets, export and print, beside the period. */
export function Tools() {
  const place = usePlace();
  const [tools, setTools] = useState<HTMLElement | null>(null);
  useEffect(() => setTools(document.getElementById("tools")), []);
  if (tools === null) return null;
  const { department, period, tree, includeSubtree: subtree } = place;
  const asked = { department, period, tree, subtree, interval: "" } as const;
  return createPortal(
    <>
      <TargetTool />
      <Drop kind="drop more" label={t("scorecard.export")}>
        <h2>{t("scorecard.exportScores")}</h2>
        <ul>
          {FORMATS.map((format) => (
            <li key={format}>
              <a
                href={scoresAddress({ ...asked, metrics: [], format, locale: languageInUse() })}
                download
                target="_top"
              >
                {format.toUpperCase()}
              </a>
            </li>
          ))}
        </ul>
      </Drop>
      <button class="btn more" type="button" onClick={() => print()}>
        {t("scorecard.print")}
      </button>
    </>,
    tools,
  );
}
