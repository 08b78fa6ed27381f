// Results of a wave as the measures that the scorecard has: what was published, looked up and never computed here.

import type { WaveQuestionKind } from "~/api/types.generated.ts";
import type { MeasureFragment } from "~/parts/score/measure.generated.ts";
import { metricName } from "~/parts/score/names.ts";
import { type Spoken, spoken } from "~/parts/texts.ts";
import { percent } from "~/words/format.ts";
import { languageInUse, t } from "~/words/words.ts";
import type { FoundFragment, StaffResultsQuery } from "./queries.generated.ts";

export type Results = NonNullable<StaffResultsQuery["wave"]>;
export type Question = Results["questions"][number];

/** Statistics of a wave as a whole; all others are the keys of its questions. */
export const WHOLE = ["enps", "engagement", "burnout", "participationRate"] as const;

const LEAST = 10;
/** Stands for the wave of the page, of which all is that is shown there. */
const THIS = "";
const UNITS = { enps: "POINTS", burnout: "SCALE" } as const;

/** Whether more of it is better. */
function isBetterHigh(statistic: string, kind: WaveQuestionKind | undefined): boolean {
  return statistic !== "burnout" && kind !== "BURNOUT" && kind !== "SENSITIVE";
}

/** A result as a measure of the scorecard. */
export function measureOf(found: FoundFragment, question?: Question): MeasureFragment {
  const { statistic, base, ...rest } = found;
  return {
    id: statistic,
    status: rest.status,
    value: rest.value,
    base,
    countedIn: rest.countedIn,
    wave: THIS,
    interval: rest.interval,
    metric: {
      key: statistic,
      version: 1,
      name: question?.text ?? statistic,
      unit: UNITS[statistic as keyof typeof UNITS] ?? "SHARE",
      higherIsBetter: isBetterHigh(statistic, question?.kind),
      minimumBase: LEAST,
      formula: "",
    },
    change: rest.change,
  };
}

export interface Item {
  question: Question;
  asked: Spoken;
  found: FoundFragment;
  measure: MeasureFragment;
}

/** The questions that have a result of their own, in the order they were asked. */
export function itemsOf(wave: Results): Item[] {
  const found = new Map((wave.results?.scores ?? []).map((one) => [one.statistic, one]));
  return wave.questions.flatMap((question) => {
    const one = found.get(question.key);
    if (one === undefined || question.kind === "ENPS") return [];
    const asked = spoken(question, wave.language, languageInUse());
    return [{ question, asked, found: one, measure: measureOf(one, question) }];
  });
}

/** Whether anything was asked in own words. */
export function hasTexts({ questions }: Pick<Results, "questions">): boolean {
  return questions.some(({ kind }) => kind === "TEXT");
}

/** A whole statistic of a wave; undefined where it was not asked. */
export function wholeOf(wave: Results, statistic: (typeof WHOLE)[number]) {
  const found = wave.results?.scores.find((one) => one.statistic === statistic);
  return found && measureOf(found);
}

const BANDS = [
  "promoters",
  "passives",
  "detractors",
  "favourable",
  "neutral",
  "unfavourable",
  "high",
  "yes",
] as const;

/** Shares of groups of answers: 40% would recommend, at most 10% would not; "" where none is shown. */
export function bandsSaid(bands: FoundFragment["bands"]): string {
  return bands
    .flatMap(({ name, share, end }) => {
      const known = BANDS.find((one) => one === name);
      if (known === undefined) return [];
      const shown = percent(share);
      const said =
        end === "AT_MOST"
          ? t("staff.atMost", { share: shown })
          : end === "AT_LEAST"
            ? t("staff.atLeast", { share: shown })
            : shown;
      return [t(`staff.band_${known}`, { share: said })];
    })
    .join(", ");
}

/** What a statistic is called. */
export function statisticName(key: string): string {
  return metricName({ key, name: key });
}
