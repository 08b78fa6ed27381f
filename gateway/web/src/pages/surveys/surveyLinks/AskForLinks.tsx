import { useState } from "preact/hooks";
import type { CreateInvitationsInput } from "~/api/types.generated.ts";
import { DeedForm } from "~/parts/DeedForm.tsx";
import { Field } from "~/parts/Field.tsx";
import { PickDepartment, type Picked } from "~/parts/PickDepartment.tsx";
import type { Refusal } from "~/parts/refusals.ts";
import { useDeed } from "~/parts/useDeed.ts";
import { instantOf } from "~/place/clock.ts";
import { addDays } from "~/place/days.ts";
import { useHere } from "~/place/place.ts";
import { t } from "~/words/words.ts";
import { CreateInvitationsDocument, type SurveyWholeFragment } from "../queries.generated.ts";
import { allInWords } from "../refused.ts";
import { respondAddress } from "./addresses.ts";
import type { Made } from "./MadeLinks.tsx";

const USUAL_DAYS = 90;
const MOST = 1000;

interface Draft {
  count: string;
  /** The last day; "" leaves it to the API. */
  until: string;
  department: Picked | undefined;
}

interface Props {
  survey: SurveyWholeFragment;
  made: (made: Made) => void;
  leave: () => void;
}

/** How many links, until when, and for which department. */
export function AskForLinks({ survey, made, leave }: Props) {
  const { today, timeZone } = useHere();
  const [draft, setDraft] = useState<Draft>({
    count: "10",
    until: addDays(today, USUAL_DAYS),
    department: undefined,
  });
  const [isCountWrong, setCountWrong] = useState(false);
  const deed = useDeed(CreateInvitationsDocument, (data) => data.createInvitations.userErrors);
  const refused = allInWords(deed.refusals);
  const submit = async () => {
    const count = countOf(draft);
    setCountWrong(count === undefined);
    if (count === undefined) return;
    const answer = await deed.perform({ input: inputOf(survey.key, draft, count, timeZone) });
    const invitations = answer?.createInvitations.invitations ?? [];
    const [first] = invitations;
    if (first === undefined) return;
    const links = invitations.map(({ token }) =>
      respondAddress(location.origin, survey.key, { invitation: token }),
    );
    made({ links, until: first.expiresAt });
  };
  return (
    <DeedForm
      title={t("surveyLinks.makeLinks")}
      act={t("surveyLinks.makeLinks")}
      isBusy={deed.isBusy}
      refused={refused.filter(({ field }) => !isAt(field, FIELDS))}
      submit={submit}
      leave={leave}
    >
      <p class="lede">{t("surveyLinks.shownOnce")}</p>
      <Fields
        draft={draft}
        change={(to) => setDraft({ ...draft, ...to })}
        isCountWrong={isCountWrong}
        refused={refused}
      />
    </DeedForm>
  );
}

interface FieldsProps {
  draft: Draft;
  change: (to: Partial<Draft>) => void;
  isCountWrong: boolean;
  refused: readonly Refusal[];
}

function Fields({ draft, change, isCountWrong, refused }: FieldsProps) {
  const at = (...names: string[]) => refused.find(({ field }) => isAt(field, names))?.message;
  return (
    <>
      <Field
        label={t("surveyLinks.howMany")}
        wrong={isCountWrong ? t("surveyLinks.countWrong") : undefined}
      >
        {(control) => (
          <input
            {...control}
            inputMode="numeric"
            value={draft.count}
            onInput={(event) => change({ count: event.currentTarget.value })}
          />
        )}
      </Field>
      <Field
        label={t("surveyLinks.until")}
        hint={t("surveyLinks.untilHint")}
        wrong={at("expiresAt")}
      >
        {(control) => (
          <input
            {...control}
            type="date"
            value={draft.until}
            onInput={(event) => change({ until: event.currentTarget.value })}
          />
        )}
      </Field>
      <PickDepartment
        label={t("surveyLinks.for")}
        hint={t("surveyLinks.forHint")}
        wrong={at("count", "for", "targets")}
        value={draft.department}
        pick={(department) => change({ department })}
      />
    </>
  );
}

function countOf({ count }: Draft): number | undefined {
  const many = /^\d+$/.test(count.trim()) ? Number(count) : 0;
  return many < 1 || many > MOST ? undefined : many;
}

function inputOf(
  survey: string,
  { until, department }: Draft,
  count: number,
  timeZone: string,
): CreateInvitationsInput {
  const end = until === "" ? undefined : instantOf(`${addDays(until, 1)}T00:00`, timeZone);
  const whom =
    department === undefined
      ? { count }
      : { for: Array.from({ length: count }, () => ({ department: department.key })) };
  return { survey, expiresAt: end ?? null, ...whom };
}

const FIELDS = ["expiresAt", "count", "for", "targets"];

function isAt(field: Refusal["field"], names: readonly string[]): boolean {
  return names.includes(field?.[0] ?? "");
}
