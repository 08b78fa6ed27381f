import { useState } from "preact/hooks";
import { Choice } from "~/parts/Choice.tsx";
import { Field } from "~/parts/Field.tsx";
import { PickDepartment, type Picked } from "~/parts/PickDepartment.tsx";
import { addDays, isDay, type Period, periodBefore, quarterOf } from "~/place/days.ts";
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
import { MetricTicks, SurveyField } from "./What.tsx";

type What = "responses" | "scores";

/** A file of responses or of scores: what, of which department, of which days, and how it is written. */
export default function Exports() {
  const { departments } = useViewer();
  const { today } = useHere();
  const [what, setWhat] = useState<What>("scores");
  const [department, setDepartment] = useState<Picked | undefined>(departments[0]);
  const [period, setPeriod] = useState<Period>(periodBefore(quarterOf(today)));
  const [format, setFormat] = useState<Format>("xlsx");
  const [survey, setSurvey] = useState("");
  const [interval, setSpan] = useState<Interval>("MONTH");
  const [metrics, setMetrics] = useState<string[]>([]);
  const [isAsked, setAsked] = useState(false);
  usePageTitle(t("exports.title"));
  const isPeriod = isDay(period.from) && isDay(period.to) && period.from < period.to;
  const submit = (event: Event) => {
    event.preventDefault();
    setAsked(true);
    if (department === undefined || !isPeriod || (what === "responses" && survey === "")) return;
    const common = { department: department.key, period, format, locale: languageInUse() };
    const name = `${what}-${department.key}.${format}`;
    save(
      what === "responses"
        ? responsesAddress({ ...common, survey })
        : scoresAddress({ ...common, interval, metrics }),
      name,
    );
  };
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
      <form class="card mt form" noValidate onSubmit={submit}>
        <Choice
          label={t("exports.what")}
          name="what"
          options={(["scores", "responses"] as const).map((value) => ({
            value,
            label: t(`exports.what_${value}`),
          }))}
          value={what}
          choose={setWhat}
        />
        {what === "responses" && (
          <SurveyField
            value={survey}
            set={setSurvey}
            wrong={isAsked && survey === "" ? t("exports.chooseSurvey") : undefined}
          />
        )}
        <PickDepartment
          label={t("exports.department")}
          value={department}
          pick={setDepartment}
          wrong={isAsked && department === undefined ? t("departments.pickParent") : undefined}
        />
        <Days period={period} set={setPeriod} isPeriod={isPeriod} />
        {what === "scores" && (
          <>
            <Choice
              label={t("exports.interval")}
              name="interval"
              options={INTERVALS.map((value) => ({
                value,
                label: t(`exports.interval_${value || "WHOLE"}`),
              }))}
              value={interval}
              choose={setSpan}
            />
            <MetricTicks ticked={metrics} change={setMetrics} />
          </>
        )}
        <Choice
          label={t("exports.format")}
          name="format"
          options={FORMATS.map((value) => ({ value, label: t(`exports.format_${value}`) }))}
          value={format}
          choose={setFormat}
        />
        <div class="acts">
          <button class="btn primary" type="submit">
            {t("exports.download")}
          </button>
        </div>
      </form>
    </>
  );
}

interface DaysProps {
  period: Period;
  set: (period: Period) => void;
  isPeriod: boolean;
}

/** First and last day, as people say them; the last one is in. */
function Days({ period, set, isPeriod }: DaysProps) {
  const last = isDay(period.to) ? addDays(period.to, -1) : "";
  return (
    <>
      <Field label={t("exports.from")}>
        {(control) => (
          <input
            {...control}
            type="date"
            value={period.from}
            onInput={(event) => set({ ...period, from: event.currentTarget.value })}
          />
        )}
      </Field>
      <Field
        label={t("exports.until")}
        hint={t("exports.untilHint")}
        wrong={isPeriod ? undefined : t("exports.wrongDays")}
      >
        {(control) => (
          <input
            {...control}
            type="date"
            value={last}
            onInput={({ currentTarget: { value } }) =>
              set({ ...period, to: isDay(value) ? addDays(value, 1) : "" })
            }
          />
        )}
      </Field>
    </>
  );
}

/** The browser takes the file as it comes; nothing of it is held by the page. */
function save(address: string, name: string): void {
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
}
