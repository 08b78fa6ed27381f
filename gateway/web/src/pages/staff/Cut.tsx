import { useLocation } from "preact-iso";
import { useRead } from "~/api/useRead.ts";
import { Skeleton } from "~/parts/Skeleton.tsx";
import { reasonOf } from "~/parts/score/Face.tsx";
import { metricName } from "~/parts/score/names.ts";
import { fromTo, written } from "~/parts/score/units.ts";
import { Trouble } from "~/parts/Trouble.tsx";
import { addressOf, usePlace } from "~/place/place.ts";
import { list } from "~/words/format.ts";
import { t } from "~/words/words.ts";
import { type FoundFragment, StaffCutDocument } from "./queries.generated.ts";
import { measureOf, type Results, WHOLE } from "./scores.ts";

/** Results by one of the dimensions that were declared before the wave opened, one at a time. */
export function Cut({ wave }: { wave: Results }) {
  const { query, route } = useLocation();
  const place = usePlace();
  const offered = wave.results?.dimensions ?? [];
  const notHere = wave.dimensions.filter((name) => !offered.includes(name));
  if (wave.dimensions.length === 0) return null;
  const { by, against } = query;
  const chosen = offered.find((name) => name === by);
  const choose = (name: string | undefined) =>
    route(addressOf("/staff", place, { wave: wave.key, against, by: name }));
  return (
    <section class="card" aria-labelledby="h-cut">
      <h2 id="h-cut">{t("staff.cut")}</h2>
      <p class="lede">{t("staff.cutSub", { names: list([...wave.dimensions]) })}</p>
      <fieldset class="search" aria-label={t("staff.cut")}>
        {offered.map((name) => (
          <button
            key={name}
            class="btn"
            type="button"
            aria-pressed={name === chosen}
            onClick={() => choose(name === chosen ? undefined : name)}
          >
            <bdi>{name}</bdi>
          </button>
        ))}
      </fieldset>
      {notHere.length > 0 && (
        <p class="small muted mt">
          {t("staff.cutNotHere", { names: list(notHere) })}{" "}
          <a href="/why-withheld#staff">{t("why.why")}</a>
        </p>
      )}
      {chosen !== undefined && <Categories wave={wave.key} dimension={chosen} />}
    </section>
  );
}

function Categories({ wave, dimension }: { wave: string; dimension: string }) {
  const { department } = usePlace();
  const [{ data, fetching }, again] = useRead({
    query: StaffCutDocument,
    variables: { wave, department, dimension },
  });
  const found = data?.wave?.breakdown;
  if (found == null) {
    return fetching ? (
      <Skeleton />
    ) : (
      <Trouble
        what={t("staff.theResults")}
        again={() => again({ requestPolicy: "network-only" })}
      />
    );
  }
  const shown = WHOLE.filter((name) =>
    found.categories.some(({ scores }) => scores.some(({ statistic }) => statistic === name)),
  );
  return (
    <table class="tbl fold">
      <caption class="vh">{dimension}</caption>
      <thead>
        <tr>
          <th scope="col">
            <bdi>{dimension}</bdi>
          </th>
          {shown.map((name) => (
            <th key={name} scope="col">
              {metricName({ key: name, name })}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {found.categories.map(({ name: category, scores }) => (
          <tr key={category}>
            <th scope="row">{category ? <bdi>{category}</bdi> : t("staff.notGiven")}</th>
            {shown.map((name) => (
              <td key={name} data-l={metricName({ key: name, name })}>
                <Value found={scores.find(({ statistic }) => statistic === name)} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Value({ found }: { found: FoundFragment | undefined }) {
  if (found === undefined) return <span class="few">{t("score.absent")}</span>;
  const measure = measureOf(found);
  const { metric, value, interval, status } = measure;
  if (value === null) return <span class="few">{reasonOf(measure)}</span>;
  return (
    <div>
      <b class={status === "LOW_BASE" ? "muted" : ""}>{written(metric.unit, value)}</b>{" "}
      <span class="n">{interval && fromTo(metric.unit, interval)}</span>
    </div>
  );
}
