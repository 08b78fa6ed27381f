import { useState } from "preact/hooks";
import type { Role } from "~/api/types.generated.ts";
import { ROLES } from "~/pages/pages.ts";
import { Field } from "~/parts/Field.tsx";
import { isHalfWritten } from "~/parts/halfWritten.ts";
import { PickDepartment, type Picked } from "~/parts/PickDepartment.tsx";
import { Refusals } from "~/parts/Refusals.tsx";
import { wrongAt, wrongElsewhere } from "~/parts/refusals.ts";
import { rich, t } from "~/words/words.ts";
import { Days, NO_DAYS } from "./Days.tsx";
import { useGive } from "./useGive.ts";

interface Props {
  done: (words: string) => void;
  nameOf: (subject: string) => string;
}

/** A role for somebody over a department, with what it opens said before it is given. */
export function GiveRight({ done, nameOf }: Props) {
  const [subject, setSubject] = useState("");
  const [role, setRole] = useState<Role>("DEPARTMENT_HEAD");
  const [part, setPart] = useState<Picked>();
  const [days, setDays] = useState(NO_DAYS);
  const [isEmpty, setEmpty] = useState(false);
  const [isTried, setTried] = useState(false);
  const { give, refusals, isBusy } = useGive();
  const whom = subject.trim();
  const name = whom === "" ? t("people.somebody") : nameOf(whom);
  const lacksPart = role === "DEPARTMENT_HEAD" && part === undefined;
  const submit = async () => {
    setEmpty(whom === "");
    setTried(true);
    if (whom === "" || lacksPart || isBusy) return;
    const isGiven = await give({ subject: whom, role, department: part?.key ?? null }, days);
    if (!isGiven) return;
    setSubject("");
    setTried(false);
    done(t("people.given", { name }));
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!isHalfWritten(event.currentTarget)) submit();
      }}
    >
      <h2>{t("people.give")}</h2>
      <Field
        label={t("people.who")}
        hint={t("people.whoHint")}
        wrong={isEmpty ? t("people.needsWho") : wrongAt(refusals, "subject")}
      >
        {(control) => (
          <input
            {...control}
            autocomplete="off"
            value={subject}
            onInput={(event) => setSubject(event.currentTarget.value)}
          />
        )}
      </Field>
      <Field label={t("people.role")} wrong={wrongAt(refusals, "role")}>
        {(control) => (
          <select
            {...control}
            value={role}
            onChange={(event) => setRole(event.currentTarget.value as Role)}
          >
            {ROLES.map((one) => (
              <option key={one} value={one}>
                {t(`shell.role_${one}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <PickDepartment
        label={t("people.part")}
        hint={t(role === "DEPARTMENT_HEAD" ? "people.partOfHead" : "people.partHint")}
        value={part}
        pick={setPart}
        wrong={isTried && lacksPart ? t("people.needsPart") : wrongAt(refusals, "department")}
      />
      <Days days={days} set={setDays} refusals={refusals} />
      {!lacksPart && (
        <p class="pick mt small">
          {rich(`people.sees_${role}`, { name, part: part?.name ?? t("people.whole") })}
        </p>
      )}
      <Refusals of={wrongElsewhere(refusals, "subject", "role", "department", "from", "to")} />
      <div class="acts">
        <button class="btn primary" type="submit" aria-busy={isBusy || undefined}>
          {t("people.giveIt")}
        </button>
      </div>
    </form>
  );
}
