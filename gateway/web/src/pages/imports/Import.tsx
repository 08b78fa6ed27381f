import { useEffect, useRef } from "preact/hooks";
import { usePageTitle } from "~/shell/usePageTitle.ts";
import { t } from "~/words/words.ts";
import { ChooseFile } from "./ChooseFile.tsx";
import { Columns } from "./Columns.tsx";
import { type Current, useCurrent } from "./current.ts";
import { Going } from "./Going.tsx";
import { Outcome } from "./Outcome.tsx";

const STEPS = ["file", "columns", "try", "store"] as const;
type Step = (typeof STEPS)[number];

/** A file becomes scores in four steps: file, columns, try, store. */
export default function Import() {
  const current = useCurrent();
  usePageTitle(t("imports.title"));
  const step = stepOf(current);
  const view = `${step} ${current.run?.end === undefined}`;
  const first = useRef(view);
  useEffect(() => {
    if (first.current !== view) document.querySelector<HTMLElement>("h1")?.focus();
    first.current = view;
  }, [view]);
  return (
    <>
      <nav class="tabs" aria-label={t("imports.and")}>
        <a href="/import" aria-current="page">
          {t("imports.title")}
        </a>
        <a href="/exports">{t("exports.title")}</a>
      </nav>
      <View current={current} />
    </>
  );
}

function View({ current }: { current: Current }) {
  const { file, isReading, run } = current;
  const steps = <Steps at={stepOf(current)} />;
  if (file === undefined) return <ChooseFile steps={steps} />;
  if (run === undefined) return <Columns current={current} isReading={isReading} steps={steps} />;
  if (run.end === undefined) return <Going run={run} file={file} steps={steps} />;
  return <Outcome current={current} run={run} steps={steps} />;
}

function stepOf({ file, run }: Current): Step {
  if (file === undefined) return "file";
  if (run === undefined) return "columns";
  return run.isDry ? "try" : "store";
}

function Steps({ at }: { at: Step }) {
  const place = STEPS.indexOf(at);
  return (
    <ol class="stages" aria-label={t("imports.steps")}>
      {STEPS.map((step, index) => (
        <li key={step} aria-current={step === at ? "step" : undefined}>
          {t(`imports.step_${step}`)}
          {index < place && <span class="vh">{t("imports.stepDone")}</span>}
        </li>
      ))}
    </ol>
  );
}
