import { list, number } from "~/words/format.ts";
import { t } from "~/words/words.ts";
import type { DefinitionsQuery } from "./queries.generated.ts";

export type Definition = NonNullable<DefinitionsQuery["metricDefinitions"]>[number];
export type Calculation = NonNullable<Definition["calculation"]>;

/** A metric: its newest version, and those before, the latest first. */
export interface Metric {
  newest: Definition;
  older: Definition[];
}

/** Versions of a key together, in the order in which keys come. */
export function byKey(definitions: readonly Definition[]): Metric[] {
  const versions = new Map<string, Definition[]>();
  for (const definition of definitions) {
    versions.set(definition.key, [...(versions.get(definition.key) ?? []), definition]);
  }
  return [...versions.values()].flatMap((all) => {
    const [newest, ...older] = all.sort((a, b) => b.version - a.version);
    return newest === undefined ? [] : [{ newest, older }];
  });
}

/** How a value is calculated, as a sentence in the language of the page; its formula where it is not data. */
export function calculationWords({ calculation, formula }: Definition): string {
  if (calculation === null) return formula;
  const isOption = calculation.option !== null;
  const answers = answerNames(calculation.answers, isOption);
  if (isIndex(calculation)) {
    return calculation.kind === "MEAN"
      ? t("metrics.indexMeanOf")
      : t("metrics.indexShareOf", { answers });
  }
  switch (calculation.kind) {
    case "SHARE":
      return t("metrics.shareOf", { answers });
    case "NET":
      return t("metrics.netOf", { answers, against: answerNames(calculation.against, isOption) });
    case "MEAN":
      return t("metrics.meanOf");
    case "RATE":
      return t("metrics.rateOf");
    case "HEADCOUNT_RATE":
      return t("metrics.headcountRateOf");
  }
}

/** Who is counted, as a sentence. */
export function baseWords({ calculation, denominator }: Definition): string {
  if (calculation === null) return denominator;
  if (isIndex(calculation)) return t("metrics.baseIndex");
  if (calculation.kind === "RATE") return t("metrics.baseTime");
  if (calculation.kind === "HEADCOUNT_RATE") return t("metrics.baseHeadcount");
  return t(calculation.withDontKnow ? "metrics.baseAll" : "metrics.baseValid");
}

/** What a metric reads, as words. */
export function sourceWords({ calculation }: Definition): string | undefined {
  if (calculation === null) return undefined;
  const { questionKind, standardItem } = calculation;
  if (questionKind !== null) return t("metrics.readsKind", { kind: questionKind });
  if (standardItem !== null) return t("metrics.readsItem", { item: standardItem });
  if (isIndex(calculation)) {
    return t("metrics.readsIndex", { items: list(calculation.items.map(indexItemWords)) });
  }
  return questionWords(calculation) ?? t("metrics.readsEmployment");
}

export function isIndex({ items }: Calculation): boolean {
  return items.length > 0;
}

function indexItemWords({ standardItem, ...named }: Calculation["items"][number]): string {
  return standardItem ?? questionWords(named) ?? "";
}

type Named = Pick<Calculation, "survey" | "question" | "option">;

function questionWords({ survey, question, option }: Named): string | undefined {
  if (survey === null || question === null) return undefined;
  const named = option === null ? question : `${question}, ${option}`;
  return t("metrics.readsQuestion", { question: named, survey });
}

export function unitWords(unit: Definition["unit"]): string {
  return t(`metrics.unit_${unit}`);
}

/** Answers as a sentence has them; scores in a row as a span: 0–6. */
function answerNames(answers: readonly string[], isOption: boolean): string {
  if (isOption) return list(answers.map(chosenName));
  const names: string[] = [];
  for (let at = 0; at < answers.length; ) {
    let end = at;
    while (Number(answers[end + 1]) === Number(answers[end]) + 1) end += 1;
    const [first = "", last = ""] = [answers[at], answers[end]].map((one) => answerName(one ?? ""));
    names.push(...(end > at + 1 ? [`${first}–${last}`] : end > at ? [first, last] : [first]));
    at = end + 1;
  }
  return list(names);
}

/** An answer to one option of several: 1 is chosen, 0 is not. */
export function chosenName(answer: string): string {
  return answer === "1" ? t("metrics.chosen") : t("metrics.notChosen");
}

/** An answer as people say it. */
export function answerName(answer: string): string {
  if (answer === "DONT_KNOW") return t("metrics.dontKnow");
  return /^\d+$/.test(answer) ? number(Number(answer)) : answer;
}
