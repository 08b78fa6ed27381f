import { useRead } from "~/api/useRead.ts";
import { metricName } from "~/parts/score/names.ts";
import { Trouble } from "~/parts/Trouble.tsx";
import { t } from "~/words/words.ts";
import { MetricsToExportDocument } from "./queries.generated.ts";

interface TicksProps {
  ticked: string[];
  change: (keys: string[]) => void;
}

/** Which metrics; none ticked is all. */
export function MetricTicks({ ticked, change }: TicksProps) {
  const [{ data, error }, again] = useRead({ query: MetricsToExportDocument });
  return (
    <fieldset>
      <legend>{t("exports.metrics")}</legend>
      {error && (
        <Trouble what={t("metrics.title")} again={() => again({ requestPolicy: "network-only" })} />
      )}
      <div class="ticks">
        {data?.metricDefinitions?.map(({ key, name }) => (
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
            {metricName({ key, name })}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
