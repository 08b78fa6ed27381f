import type { ComponentChildren } from "preact";
import { useRef, useState } from "preact/hooks";
import { Choice } from "~/parts/Choice.tsx";
import { t } from "~/words/words.ts";
import { begin } from "./current.ts";
import { KINDS, type Kind } from "./kinds.ts";
import { type Past, PastImports } from "./PastImports.tsx";

const FORMS = ".csv,.tsv,.txt,.xlsx,.parquet";

/** A file dropped or chosen, and what is in it. */
export function ChooseFile({ steps }: { steps: ComponentChildren }) {
  const input = useRef<HTMLInputElement>(null);
  const [kind, setKind] = useState<Kind | "">("");
  const [taking, setTaking] = useState<Past>();
  const [isOver, setOver] = useState(false);
  const take = (files: FileList | null | undefined) => {
    const file = files?.[0];
    if (file !== undefined) void begin(file, kind || undefined);
  };
  const options = [
    { value: "" as const, label: t("imports.guess") },
    ...KINDS.map((value) => ({ value, label: t(`imports.kind_${value}`) })),
  ];
  return (
    <>
      <h1 class="verdict" tabIndex={-1}>
        {t("imports.heading")}
      </h1>
      <p class="verdict-2">{t("imports.lede")}</p>
      {steps}
      <div class="split">
        <section class="card">
          {/* biome-ignore lint/a11y/noStaticElementInteractions: what is dropped can also be chosen by the button */}
          <div
            class={isOver ? "drop-zone over" : "drop-zone"}
            onDragOver={(event) => {
              event.preventDefault();
              setOver(true);
            }}
            onDragLeave={() => setOver(false)}
            onDrop={(event) => {
              event.preventDefault();
              setOver(false);
              take(event.dataTransfer?.files);
            }}
          >
            <h2>{t("imports.drop")}</h2>
            <p class="small muted">{t("imports.dropHint")}</p>
            <p class="mt">
              <button
                class={taking ? "btn" : "btn primary"}
                type="button"
                onClick={() => input.current?.click()}
              >
                {t("imports.choose")}
              </button>
            </p>
            <input
              ref={input}
              class="vh"
              type="file"
              tabIndex={-1}
              accept={FORMS}
              aria-label={t("imports.choose")}
              onChange={(event) => take(event.currentTarget.files)}
            />
          </div>
          <Choice
            label={t("imports.whatIsIn")}
            name="kind"
            options={options}
            value={kind}
            choose={setKind}
          />
          <p class="small muted mt">{t("imports.twice")}</p>
        </section>
        <PastImports taking={taking} take={setTaking} />
      </div>
    </>
  );
}
