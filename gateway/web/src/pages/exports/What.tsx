import { useQuery } from "@urql/preact";
import { Field } from "~/parts/Field.tsx";
import { t } from "~/words/words.ts";
import { MetricsToExportDocument, SurveysToExportDocument } from "./queries.generated.ts";

interface SurveyProps {
  value: string;
  set: (key: string) => void;
  wrong: string | undefined;
}

/** Of which survey. */
export function SurveyField({ value, set, wrong }: SurveyProps) {
  const [{ data }] = useQuery({ query: SurveysToExportDocument });
  return (
    <Field label={t("exports.survey")} wrong={wrong}>
      {(control) => (
        <select {...control} value={value} onChange={(event) => set(event.currentTarget.value)}>
          <option value="">{t("exports.chooseSurvey")}</option>
          {data?.surveys?.edges.map(({ node }) => (
            <option key={node.key} value={node.key}>
              {node.title}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

interface TicksProps {
  ticked: string[];
  change: (keys: string[]) => void;
}

/** Which metrics; none ticked is all. */
export function MetricTicks({ ticked, change }: TicksProps) {
  const [{ data }] = useQuery({ query: MetricsToExportDocument });
  const metrics = data?.metricDefinitions ?? [];
  return (
    <fieldset>
      <legend>{t("exports.metrics")}</legend>
      <div class="ticks">
        {metrics.map(({ key, name }) => (
          <label class="opt" key={key}>
            <input
              type="checkbox"
              checked={ticked.includes(key)}
              onChange={(event) =>
                change(
                  event.currentTarget.checked
                    ? [...ticked, key]
                    : ticked.filter((one) => one !== key),
                )
              }
            />
            {name}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
