// What to do now: each thing with its reason and its base, the strongest first.

import { baseOf, isOfStaff, isOfWaves } from "~/parts/score/Face.tsx";
import type { MeasureFragment } from "~/parts/score/measure.generated.ts";
import { metricName } from "~/parts/score/names.ts";
import { amount, likely, written } from "~/parts/score/units.ts";
import { addressOf, type Place } from "~/place/place.ts";
import { list } from "~/words/format.ts";
import { t } from "~/words/words.ts";
import type { Part } from "./parts.ts";
import { lookAt } from "./verdict.ts";

export interface Todo {
  tag: string;
  title: string;
  text: string;
  href?: string;
  link?: string;
}

type Measure = MeasureFragment | null | undefined;

/** The touchpoint that is clearly rated lower than the rest of the answers, the lowest if there are several. */
export function belowRest(parts: readonly Part[], place: Place): Todo[] {
  const found = parts
    .filter(({ key, customers }) => {
      const change = customers?.rest?.change;
      return key !== "" && change?.verdict === "CLEAR" && change.delta < 0;
    })
    .sort((one, other) => (one.customers?.value ?? 0) - (other.customers?.value ?? 0))[0];
  const score = found?.customers;
  if (found === undefined || score?.interval == null || score.value === null) return [];
  const { unit } = score.metric;
  return [
    {
      tag: t("scorecard.touchpoint"),
      title: t("scorecard.ratedLower", { name: found.label }),
      text: t("scorecard.ratedLowerText", {
        value: written(unit, score.value),
        range: likely(unit, score.interval),
        rest: written(unit, score.rest?.value ?? 0),
        answers: t("score.answers", { count: score.base ?? 0 }),
      }),
      href: addressOf("/comments", place, { touchpoint: found.key }),
      link: t("comments.read"),
    },
  ];
}

/** What has become worse, customers and staff apart, the clear before the perhaps. */
export function worsenings(measures: readonly Measure[], place: Place): Todo[] {
  const { clear, weak } = lookAt([...measures]);
  return [...sides(clear, "scorecard.clearlyWorse"), ...sides(weak, "scorecard.perhapsWorse")].map(
    ({ tag, scores, isStaff }) => ({
      tag: t(tag),
      title: list(scores.map(({ metric }) => metricName(metric))),
      text: scores.map(worseBy).join(" "),
      ...whereOf(scores, isStaff, place),
    }),
  );
}

function whereOf(scores: readonly MeasureFragment[], isStaff: boolean, place: Place) {
  if (!isStaff) return { href: addressOf("/comments", place), link: t("comments.read") };
  return scores.some(({ metric }) => isOfWaves(metric))
    ? { href: addressOf("/staff", place), link: t("scorecard.seeStaff") }
    : { href: "#parts", link: t("scorecard.seeParts") };
}

function sides(
  scores: readonly MeasureFragment[],
  tag: "scorecard.clearlyWorse" | "scorecard.perhapsWorse",
) {
  return [false, true]
    .map((isStaff) => ({
      tag,
      isStaff,
      scores: scores.filter(({ metric }) => isOfStaff(metric) === isStaff),
    }))
    .filter((side) => side.scores.length > 0);
}

function worseBy(score: MeasureFragment): string {
  const { metric, change } = score;
  return t("scorecard.worseBy", {
    name: metricName(metric),
    by: amount(metric.unit, change?.delta ?? 0),
    base: baseOf(score) ?? "",
  });
}

/** The first measure that nothing was counted of. `mayAdd`: who looks may ask and bring files. */
export function lacking(measures: readonly Measure[], mayAdd: boolean): Todo[] {
  const first = measures.find((one) => one?.status === "NO_DATA" && !isOfWaves(one.metric));
  if (first == null) return [];
  const hasAnswers = measures.some(
    (one) => one != null && !isOfStaff(one.metric) && (one.base ?? 0) > 0,
  );
  const todo = isOfStaff(first.metric)
    ? {
        tag: t("scorecard.missingStaff"),
        title: t("scorecard.noStaffTitle"),
        text: t("scorecard.noStaffText"),
        href: "/import",
        link: t("imports.title"),
      }
    : {
        tag: t("scorecard.missing"),
        title: hasAnswers
          ? t("scorecard.notMeasuredTitle", { name: metricName(first.metric) })
          : t("scorecard.noAnswersTitle"),
        text: t(hasAnswers ? "scorecard.notMeasuredText" : "scorecard.noAnswersText"),
        href: "/surveys",
        link: t("surveys.surveys"),
      };
  const { href, link, ...said } = todo;
  return [mayAdd ? { ...said, href, link } : said];
}
