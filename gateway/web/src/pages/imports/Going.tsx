import type { ComponentChildren } from "preact";
import { number } from "~/words/format.ts";
import { t } from "~/words/words.ts";
import { type Run, stop } from "./current.ts";

interface Props {
  run: Run;
  file: File;
  steps: ComponentChildren;
}

/** Rows are being read or stored: how far, and a way to stop. */
export function Going({ run, file, steps }: Props) {
  const { counts, isDry } = run;
  const all = isDry ? undefined : run.expected;
  const rows = counts?.rows ?? 0;
  const share = all ? Math.min(Math.round((100 * rows) / all), 100) : undefined;
  return (
    <>
      <h1 class="verdict" tabIndex={-1}>
        {isDry
          ? t("imports.trying", { name: file.name })
          : t("imports.storing", { name: file.name })}
      </h1>
      <p class="verdict-2">{t(isDry ? "imports.tryingIs" : "imports.storingIs")}</p>
      {steps}
      <section class="card mt" aria-busy="true">
        {share !== undefined && (
          <svg
            width="100%"
            height="10"
            role="progressbar"
            aria-label={t("imports.progress")}
            aria-valuenow={share}
            aria-valuemin={0}
            aria-valuemax={100}
          >
            <rect class="track" width="100%" height="10" rx="3" />
            <rect class="fill" width={`${share}%`} height="10" rx="3" />
          </svg>
        )}
        <p class="small mt" role="status">
          {counts === undefined
            ? t("imports.sending")
            : all
              ? t("imports.rowsOf", { rows: number(rows), all: number(all) })
              : t("imports.rows", { count: rows, rows: number(rows) })}
        </p>
        <div class="acts">
          <button class="btn" type="button" onClick={stop}>
            {t("imports.stop")}
          </button>
        </div>
      </section>
    </>
  );
}
