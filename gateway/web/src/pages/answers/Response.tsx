import { langOf } from "~/parts/languageTag.ts";
import { stageName } from "~/parts/stages.ts";
import { day, number } from "~/words/format.ts";
import { t } from "~/words/words.ts";
import type { AnswersQuery } from "./queries.generated.ts";

type Score = NonNullable<
  NonNullable<NonNullable<AnswersQuery["department"]>["scorecard"]>["score"]
>;
type Given = NonNullable<Score["responses"]>["edges"][number]["node"];
type Answer = Given["answers"][number];

/** One response: when and where it was given, and what was answered to each question. */
export function Response({ response }: { response: Given }) {
  const { language, touchpoint, department, stage, channel, answers } = response;
  return (
    <li>
      <p class="meta">
        <b>{day(response.day, { year: true })}</b>
        {touchpoint && <span>{touchpoint.name}</span>}
        <span>{department.name}</span>
        {stage !== null && <span>{stageName(stage)}</span>}
        {channel !== null && <span>{channel}</span>}
      </p>
      <dl class="answers">
        {answers.map((answer) => (
          <div key={answer.question}>
            <dt lang={langOf(language)}>{answer.asked}</dt>
            <dd lang={answer.text === null ? undefined : langOf(language)} dir="auto">
              {said(answer)}
            </dd>
          </div>
        ))}
      </dl>
    </li>
  );
}

function said({ dontKnow, text, score, options }: Answer): string {
  if (dontKnow) return t("answers.dontKnow");
  if (text !== null) return text;
  if (score !== null) return number(score);
  return options.map(({ name }) => name).join("; ");
}
