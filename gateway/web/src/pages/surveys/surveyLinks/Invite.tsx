import { useState } from "preact/hooks";
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
import { isEditable } from "../states.ts";
import { respondAddress } from "./addresses.ts";
import { type Made, MadeLinks } from "./MadeLinks.tsx";

interface Props {
  survey: SurveyWholeFragment;
  isOpen: boolean;
  setOpen: (isOpen: boolean) => void;
}

/** One-use links for people who are asked: made here, shown once. */
export function Invite({ survey, isOpen, setOpen }: Props) {
  const [made, setMade] = useState<Made>();
  if (!isEditable(survey.state)) return null;
  return (
    <section class="card" aria-labelledby="h-invite">
      <h2 id="h-invite">{t("surveyLinks.invite")}</h2>
      <p class="lede">{t("surveyLinks.inviteHint")}</p>
      {made !== undefined && <MadeLinks made={made} done={() => setMade(undefined)} />}
      {made === undefined && !isOpen && (
        <div class="acts">
          <button class="btn" type="button" onClick={() => setOpen(true)}>
            {t("surveyLinks.makeLinks")} …
          </button>
        </div>
      )}
      {made === undefined && isOpen && (
        <Ask
          survey={survey}
          made={(links) => {
            setOpen(false);
            setMade(links);
          }}
          leave={() => setOpen(false)}
        />
      )}
    </section>
  );
}

const USUAL_DAYS = 90;
const MOST = 1000;

interface AskProps {
  survey: SurveyWholeFragment;
  made: (made: Made) => void;
  leave: () => void;
}

function Ask({ survey, made, leave }: AskProps) {
  const { today, timeZone } = useHere();
  const [count, setCount] = useState("10");
  const [until, setUntil] = useState(addDays(today, USUAL_DAYS));
  const [department, setDepartment] = useState<Picked>();
  const [isCountWrong, setCountWrong] = useState(false);
  const deed = useDeed(CreateInvitationsDocument, (data) => data.createInvitations.userErrors);
  const submit = async () => {
    const many = /^\d+$/.test(count.trim()) ? Number(count) : 0;
    const isWrong = many < 1 || many > MOST;
    setCountWrong(isWrong);
    if (isWrong) return;
    const expiresAt = instantOf(`${until === "" ? "" : addDays(until, 1)}T00:00`, timeZone) ?? null;
    const whom =
      department === undefined
        ? { count: many }
        : { for: Array.from({ length: many }, () => ({ department: department.key })) };
    const answer = await deed.perform({ input: { survey: survey.key, expiresAt, ...whom } });
    const invitations = answer?.createInvitations.invitations ?? [];
    const [first] = invitations;
    if (first === undefined) return;
    const links = invitations.map(({ token }) =>
      respondAddress(location.origin, survey.key, { invitation: token }),
    );
    made({ links, until: first.expiresAt });
  };
  const refused = allInWords(deed.refusals);
  const at = (...names: string[]) => refused.find(({ field }) => isAt(field, names))?.message;
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
      <Field
        label={t("surveyLinks.howMany")}
        wrong={isCountWrong ? t("surveyLinks.countWrong") : undefined}
      >
        {(control) => (
          <input
            {...control}
            inputMode="numeric"
            value={count}
            onInput={(event) => setCount(event.currentTarget.value)}
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
            value={until}
            onInput={(event) => setUntil(event.currentTarget.value)}
          />
        )}
      </Field>
      <PickDepartment
        label={t("surveyLinks.for")}
        hint={t("surveyLinks.forHint")}
        wrong={at("count", "for", "targets")}
        value={department}
        pick={setDepartment}
      />
    </DeedForm>
  );
}

const FIELDS = ["expiresAt", "count", "for", "targets"];

function isAt(field: Refusal["field"], names: readonly string[]): boolean {
  return names.includes(field?.[0] ?? "");
}
