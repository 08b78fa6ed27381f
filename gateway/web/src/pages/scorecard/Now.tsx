import { useRead } from "~/api/useRead.ts";
import { baseOf } from "~/parts/score/Face.tsx";
import type { MeasureFragment } from "~/parts/score/measure.generated.ts";
import { metricName } from "~/parts/score/names.ts";
import { widened } from "~/parts/score/together.ts";
import { amount, likely, written } from "~/parts/score/units.ts";
import { Trouble } from "~/parts/Trouble.tsx";
import { addressOf, type Place, usePlace } from "~/place/place.ts";
import { t } from "~/words/words.ts";
import { type Part, partsOf } from "./parts.ts";
import { PartsDocument } from "./queries.generated.ts";
import { variablesOf } from "./read.ts";
import { lookAt } from "./verdict.ts";

interface Todo {
  tag: string;
  title: string;
  text: string;
  href?: string;
  link?: string;
}

const AT_MOST = 3;

/** At most three things, each with its reason and its base. */
export function Now({ measures }: { measures: (MeasureFragment | null | undefined)[] }) {
  const place = usePlace();
  const [{ data, error }, again] = useRead({
    query: PartsDocument,
    variables: { ...variablesOf(place), by: "TOUCHPOINT", withStaff: false },
  });
  const scorecard = data?.department?.scorecard;
  const todos = [
    ...worst(partsOf(scorecard), scorecard?.nps?.value, place),
    ...lookAt(measures).map(worsening),
    ...lacking(measures),
  ];
  return (
    <section class="now" aria-labelledby="h-now">
      <div class="col-h">
        <h2 id="h-now">{t("scorecard.now")}</h2>
      </div>
      <div class="card">
        {error && (
          <Trouble
            what={t("scorecard.tasks")}
            again={() => again({ requestPolicy: "network-only" })}
          />
        )}
        {todos.length === 0 ? (
          data !== undefined &&
          error === undefined && <p class="small muted">{t("scorecard.nothingNow")}</p>
        ) : (
          <ol class="todo">
            {todos.slice(0, AT_MOST).map(({ tag, title, text, href, link }) => (
              <li key={title}>
                <p class="tag">{tag}</p>
                <h3>{title}</h3>
                <p>{text}</p>
                {href && <a href={href}>{link}</a>}
              </li>
            ))}
          </ol>
        )}
      </div>
    </section>
  );
}

/** The touchpoint whose whole range lies below the department's score, allowing for how many were looked at. */
function worst(parts: readonly Part[], whole: number | null | undefined, place: Place): Todo[] {
  const judged = parts.filter(({ customers }) => customers?.status === "OK");
  const last = judged.at(-1);
  const score = last?.customers;
  if (last === undefined || score?.interval == null || score.value === null || whole == null)
    return [];
  if (widened(score.interval, score.value, judged.length).high >= whole) return [];
  return [
    {
      tag: t("scorecard.touchpoint"),
      title: t("scorecard.ratedLower", { name: last.label }),
      text: t("scorecard.ratedLowerText", {
        value: written("POINTS", score.value),
        range: likely("POINTS", score.interval),
        whole: written("POINTS", whole),
        answers: t("score.answers", { count: score.base ?? 0 }),
      }),
      ...(last.key !== "" && {
        href: addressOf("/comments", place, { touchpoint: last.key }),
        link: t("comments.read"),
      }),
    },
  ];
}

function worsening(score: MeasureFragment): Todo {
  const { metric, change } = score;
  const name = metricName(metric);
  const by = amount(metric.unit, change?.delta ?? 0);
  return {
    tag: change?.verdict === "CLEAR" ? t("scorecard.clearlyWorse") : t("scorecard.perhapsWorse"),
    title: name,
    text: t("scorecard.worseBy", {
      by,
      base: baseOf(score) ?? "",
    }),
  };
}

/** What is not asked at all. */
function lacking(measures: (MeasureFragment | null | undefined)[]): Todo[] {
  const first = measures.find((one) => one?.status === "NO_DATA");
  if (first == null) return [];
  return [
    {
      tag: t("scorecard.missing"),
      title: t("scorecard.notMeasuredTitle", { name: metricName(first.metric) }),
      text: t("scorecard.notMeasuredText"),
    },
  ];
}
