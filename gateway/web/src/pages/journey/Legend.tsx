import type { MeasureFragment } from "~/parts/score/measure.generated.ts";
import { written } from "~/parts/score/units.ts";
import { t } from "~/words/words.ts";

/** What the marks of the map are. */
export function Legend({ whole: { value, metric } }: { whole: MeasureFragment }) {
  return (
    <p class="legend cx jleg">
      <span>
        <svg aria-hidden="true">
          <rect class="iv" x="0" y="1" width="26" height="10" rx="2" />
          <line class="cap" x1="0" x2="0" y1="1" y2="11" />
          <line class="cap" x1="26" x2="26" y1="1" y2="11" />
          <circle class="dot" cx="13" cy="6" r="4" />
        </svg>
        {t("journey.markRange")}
      </span>
      <span>
        <svg aria-hidden="true">
          <circle class="ring" cx="13" cy="6" r="4" />
        </svg>
        {t("journey.markFew")}
      </span>
      {value !== null && (
        <span>
          <svg aria-hidden="true">
            <line class="ref" x1="13" x2="13" y1="0" y2="12" />
          </svg>
          {t("journey.markAll", { value: written(metric.unit, value) })}
        </span>
      )}
    </p>
  );
}
