import { createPortal } from "preact/compat";
import { useEffect, useState } from "preact/hooks";
import { Drop } from "~/parts/Drop.tsx";
import { usePlace } from "~/place/place.ts";
import { languageInUse, t } from "~/words/words.ts";

const FORMATS = ["csv", "xlsx", "parquet"] as const;

/** Export and print, beside the period. */
export function Tools() {
  const place = usePlace();
  const [tools, setTools] = useState<HTMLElement | null>(null);
  useEffect(() => setTools(document.getElementById("tools")), []);
  if (tools === null) return null;
  const query = new URLSearchParams({
    department: place.department,
    from: place.period.from,
    to: place.period.to,
    tree: place.tree,
    subtree: String(place.includeSubtree),
  });
  const href = (format: (typeof FORMATS)[number]) => {
    const asked = new URLSearchParams(query);
    if (format === "csv") asked.set("locale", languageInUse());
    else asked.set("format", format);
    return `/exports/scores?${asked}`;
  };
  return createPortal(
    <>
      <Drop kind="drop more" label={t("scorecard.export")}>
        <h2>{t("scorecard.exportScores")}</h2>
        <ul>
          {FORMATS.map((format) => (
            <li key={format}>
              <a href={href(format)} download target="_top">
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
