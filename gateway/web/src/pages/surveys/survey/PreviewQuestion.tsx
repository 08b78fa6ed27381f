import type { ComponentChildren } from "preact";
import { Said } from "~/parts/Said.tsx";
import type { Key } from "~/words/words.ts";
import { KINDS } from "../kinds.ts";
import type { QuestionKind, SurveyWholeFragment } from "../queries.generated.ts";
import { spoken } from "../texts.ts";

type Question = SurveyWholeFragment["questions"][number];

interface Props {
  question: Question;
  own: string | null;
  language: string;
  say: (key: Key) => string;
}

/** More scores than these are typed, not chosen from a row. */
const LONGEST_ROW = 11;

const ENDS: Partial<Record<QuestionKind, readonly [Key, Key]>> = {
  NPS: ["survey.notLikely", "survey.likely"],
  CES: ["survey.hard", "survey.easy"],
  CES1: ["survey.littleEffort", "survey.muchEffort"],
  RATING: ["survey.lowest", "survey.highest"],
};

/** Standard items that are statements, to which one agrees or not. */
const AGREED = ["reassurance", "solved", "available", "competent", "fast", "personal", "relevant"];

const LEVELS: readonly Key[] = [
  "survey.level5",
  "survey.level4",
  "survey.level3",
  "survey.level2",
  "survey.level1",
];

/** One question as it is asked. */
export function PreviewQuestion(props: Props) {
  const { question, own, language } = props;
  return (
    <fieldset class="asked">
      <legend>
        <Said {...spoken(question, own, language)} />
      </legend>
      <Answers {...props} />
    </fieldset>
  );
}

function Answers({ question, own, language, say }: Props) {
  const { kind, key, dontKnow, options } = question;
  if (kind === "CSAT") {
    const levels = dontKnow ? [...LEVELS, "survey.dontKnow" as const] : LEVELS;
    return (
      <>
        {levels.map((level) => (
          <Choice key={level} name={key} isOne>
            {say(level)}
          </Choice>
        ))}
      </>
    );
  }
  if (KINDS[kind].hasOptions) {
    return (
      <>
        {options.map((option) => (
          <Choice key={option.key} name={key} isOne={kind === "SINGLE_CHOICE"}>
            <Said {...spoken(option, own, language)} />
          </Choice>
        ))}
      </>
    );
  }
  if (kind === "TEXT") return <Box name={question} say={say} />;
  return <Scores question={question} say={say} />;
}

function Scores({ question, say }: Pick<Props, "question" | "say">) {
  const own = question.scale;
  const fixed = KINDS[question.kind].scores;
  const [low, high] =
    fixed === "own" || fixed === undefined ? [own?.low ?? 0, own?.high ?? 0] : fixed;
  const [lowest, highest] = endsOf(question);
  const count = high - low + 1;
  return (
    <>
      {count > LONGEST_ROW ? (
        <input class="field" inputMode="numeric" aria-label={`${low}–${high}`} />
      ) : (
        <div class="scores">
          {Array.from({ length: count }, (_, at) => (
            <label key={low + at}>
              <input type="radio" name={`p-${question.key}`} />
              <span>{low + at}</span>
            </label>
          ))}
        </div>
      )}
      <p class="ends">
        <span>{say(lowest)}</span>
        <span>{say(highest)}</span>
      </p>
    </>
  );
}

function endsOf({ kind, item }: Question): readonly [Key, Key] {
  if (item !== null && AGREED.includes(item)) return ["survey.disagree", "survey.agree"];
  return ENDS[kind] ?? ["survey.lowest", "survey.highest"];
}

function Box({ name, say }: { name: Question; say: Props["say"] }) {
  return (
    <>
      <p class="small muted">{say("survey.noNames")}</p>
      <textarea class="field" aria-label={name.text} dir="auto" rows={3} />
    </>
  );
}

interface ChoiceProps {
  name: string;
  isOne: boolean;
  children: ComponentChildren;
}

function Choice({ name, isOne, children }: ChoiceProps) {
  return (
    <label class="opt">
      <input type={isOne ? "radio" : "checkbox"} name={`p-${name}`} />
      <span>{children}</span>
    </label>
  );
}
