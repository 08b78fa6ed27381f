import { ChartCard, type Table } from "~/parts/chart/ChartCard.tsx";
import { fromTo, written } from "~/parts/score/units.ts";
import { number } from "~/words/format.ts";
import { t } from "~/words/words.ts";
import { type Earlier, Row } from "./Row.tsx";
import { bandsSaid, type Item, itemsOf, type Results } from "./scores.ts";

interface Props {
  wave: Results;
  before: ReadonlyMap<string, Earlier>;
}

/** Every question that has a result, in the order it was asked. */
export function Questions({ wave, before }: Props) {
  const items = itemsOf(wave);
  return (
    <ChartCard
      title={t("staff.byQuestion")}
      sub={t("staff.byQuestionSub")}
      note={before.size > 0 ? t("staff.barAndRing") : undefined}
      file="questions"
      table={() => tableOf(items)}
    >
      {items.length === 0 ? (
        <p class="few">{t("staff.noQuestions")}</p>
      ) : (
        <ul class="rows ex">
          {items.map(({ question, asked, measure, found }) => (
            <Row
              key={question.key}
              measure={measure}
              before={before.get(question.key)}
              asked={asked}
              more={bandsSaid(found.bands)}
            />
          ))}
        </ul>
      )}
    </ChartCard>
  );
}

function tableOf(items: readonly Item[]): Table {
  return {
    caption: t("staff.byQuestion"),
    head: [
      t("staff.question"),
      t("scorecard.shareColumn"),
      t("scorecard.range"),
      t("scorecard.answersColumn"),
      t("staff.groups"),
    ],
    rows: items.map(({ asked, measure, found }) => [
      asked.text,
      measure.status === "WITHHELD"
        ? t("score.withheld")
        : measure.value === null
          ? null
          : written(measure.metric.unit, measure.value),
      measure.interval && fromTo(measure.metric.unit, measure.interval),
      measure.base === null ? null : number(measure.base),
      bandsSaid(found.bands) || null,
    ]),
  };
}
