import { useState } from "preact/hooks";
import { Choice } from "~/parts/Choice.tsx";
import { PickDepartment, type Picked } from "~/parts/PickDepartment.tsx";
import { PickSurvey } from "~/parts/PickSurvey.tsx";
import { isDay, type Period, periodBefore, quarterOf } from "~/place/days.ts";
import { useHere } from "~/place/place.ts";
import { usePageTitle } from "~/shell/usePageTitle.ts";
import { useViewer } from "~/shell/viewer.ts";
import { languageInUse, t } from "~/words/words.ts";
import {
  FORMATS,
  type Format,
  INTERVALS,
  type Interval,
  responsesAddress,
  scoresAddress,
} from "./address.ts";
import { Days } from "./Days.tsx";
import { MetricTicks } from "./MetricTicks.tsx";

/** A file of responses or of scores. */
export default function Exports() {
  usePageTitle(t("exports.title"));
  return (
    <>
      <nav class="tabs" aria-label={t("imports.and")}>
        <a href="/import">{t("imports.title")}</a>
        <a href="/exports" aria-current="page">
          {t("exports.title")}
        </a>
      </nav>
      <h1 class="verdict" tabIndex={-1}>
        {t("exports.heading")}
      </h1>
      <p class="verdict-2">{t("exports.lede")}</p>
      <ExportForm />
    </>
  );
}

interface Draft {
  what: "scores" | "responses";
  department: Picked | undefined;
  period: Period;
  format: Format;
  survey: string;
  interval: Interval;
  metrics: string[];
}

/** What, of which department, of which days, and how it is written. */
function ExportForm() {
  const { departments } = useViewer();
  const { today } = useHere();
  const [draft, setDraft] = useState<Draft>({
    what: "scores",
    department: departments[0],
    period: periodBefore(quarterOf(today)),
    format: "xlsx",
    survey: "",
    interval: "MONTH",
    metrics: [],
  });
  const [isAsked, setAsked] = useState(false);
  const change = (to: Partial<Draft>) => setDraft({ ...draft, ...to });
  const submit = (event: Event) => {
    event.preventDefault();
    setAsked(true);
    const address = addressOf(draft);
    if (address !== undefined)
      save(address, `${draft.what}-${draft.department?.key}.${draft.format}`);
  };
  return (
    <form class="card mt form" noValidate onSubmit={submit}>
      <Choice
        label={t("exports.what")}
        name="what"
        options={(["scores", "responses"] as const).map((value) => ({
          value,
          label: t(`exports.what_${value}`),
        }))}
        value={draft.what}
        choose={(what) => change({ what })}
      />
      <Where draft={draft} change={change} isAsked={isAsked} />
      <Days
        period={draft.period}
        set={(period) => change({ period })}
        isPeriod={isPeriod(draft.period)}
      />
      {draft.what === "scores" && <Cut draft={draft} change={change} />}
      <Choice
        label={t("exports.format")}
        name="format"
        options={FORMATS.map((value) => ({ value, label: t(`exports.format_${value}`) }))}
        value={draft.format}
        choose={(format) => change({ format })}
      />
      <div class="acts">
        <button class="btn primary" type="submit">
          {t("exports.download")}
        </button>
      </div>
    </form>
  );
}

interface PartProps {
  draft: Draft;
  change: (to: Partial<Draft>) => void;
}

/** Of which survey and department. */
function Where({ draft, change, isAsked }: PartProps & { isAsked: boolean }) {
  const { what, survey, department } = draft;
  return (
    <>
      {what === "responses" && (
        <PickSurvey
          label={t("exports.survey")}
          none={t("exports.chooseSurvey")}
          value={survey}
          pick={(key) => change({ survey: key })}
          wrong={isAsked && survey === "" ? t("exports.chooseSurvey") : undefined}
        />
      )}
      <PickDepartment
        label={t("exports.department")}
        value={department}
        pick={(picked) => change({ department: picked })}
        wrong={isAsked && department === undefined ? t("departments.pickParent") : undefined}
      />
    </>
  );
}

/** In which rows, and of which metrics. */
function Cut({ draft, change }: PartProps) {
  return (
    <>
      <Choice
        label={t("exports.interval")}
        name="interval"
        options={INTERVALS.map((value) => ({
          value,
          label: t(`exports.interval_${value || "WHOLE"}`),
        }))}
        value={draft.interval}
        choose={(interval) => change({ interval })}
      />
      <MetricTicks ticked={draft.metrics} change={(metrics) => change({ metrics })} />
    </>
  );
}

/** Where the file is; undefined while something is missing. */
function addressOf(draft: Draft): string | undefined {
  const { what, department, period, format, survey, interval, metrics } = draft;
  if (department === undefined || !isPeriod(period)) return undefined;
  const common = { department: department.key, period, format, locale: languageInUse() };
  if (what === "scores") return scoresAddress({ ...common, interval, metrics });
  return survey === "" ? undefined : responsesAddress({ ...common, survey });
}

function isPeriod({ from, to }: Period): boolean {
  return isDay(from) && isDay(to) && from < to;
}

/** The browser takes the file as it comes; nothing of it is held by the page. */
function save(address: string, name: string): void {
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
}
