import { useState } from "preact/hooks";
import { DeedForm } from "~/parts/DeedForm.tsx";
import { wrongElsewhere } from "~/parts/refusals.ts";
import { useDeed } from "~/parts/useDeed.ts";
import { addDays } from "~/place/days.ts";
import { useHere } from "~/place/place.ts";
import { useViewer } from "~/shell/viewer.ts";
import { t } from "~/words/words.ts";
import { Days } from "./Days.tsx";
import { KeepUser } from "./KeepUser.tsx";
import { usePart } from "./Part.tsx";
import type { Doing } from "./People.tsx";
import { EndRightDocument } from "./queries.generated.ts";
import { isLastAdmin, plain, type Right, type User } from "./rights.ts";
import { useGive } from "./useGive.ts";

interface Props {
  doing: Doing;
  user: User | undefined;
  rights: readonly Right[];
  done: (words: string) => void;
  leave: () => void;
}

/** One thing that is done to a right or to who has it. */
export function RightDeed({ doing: { deed, right }, user, rights, done, leave }: Props) {
  const name = user?.name ?? plain(right.subject);
  const rest = { right, name, done, leave };
  if (deed === "days") return <ChangeDays {...rest} />;
  if (deed === "end") return <EndRight {...rest} rights={rights} />;
  return <KeepUser subject={right.subject} user={user} name={name} done={done} leave={leave} />;
}

interface DeedProps {
  right: Right;
  name: string;
  done: (words: string) => void;
  leave: () => void;
}

function ChangeDays({ right, name, done, leave }: DeedProps) {
  const [days, setDays] = useState({
    from: right.from ?? "",
    last: right.to === null ? "" : addDays(right.to, -1),
  });
  const { give, refusals, isBusy } = useGive();
  const submit = async () => {
    const { subject, role, department } = right;
    if (await give({ subject, role, department }, days)) done(t("people.changed"));
  };
  return (
    <DeedForm
      title={t("people.daysOf", { name })}
      act={t("people.daysSave")}
      isBusy={isBusy}
      refused={wrongElsewhere(refusals, "from", "to")}
      submit={submit}
      leave={leave}
    >
      <Days days={days} set={setDays} refusals={refusals} />
    </DeedForm>
  );
}

function EndRight({ right, name, rights, done, leave }: DeedProps & { rights: readonly Right[] }) {
  const { today } = useHere();
  const { subject } = useViewer();
  const part = usePart(right.department);
  const { perform, refusals, isBusy } = useDeed(
    EndRightDocument,
    (data) => data.revokeGrants.userErrors,
  );
  const submit = async () => {
    if ((await perform({ id: right.id })) !== undefined) done(t("people.revoked", { name }));
  };
  return (
    <DeedForm
      title={t("people.endOf", { name })}
      act={t("people.endNow")}
      isBusy={isBusy}
      refused={refusals}
      submit={submit}
      leave={leave}
    >
      {right.subject === subject && (
        <p class="mt">
          <b>{t("people.ownRight")}</b>
        </p>
      )}
      <p class="mt">{t("people.endWhat", { name, part, role: t(`shell.role_${right.role}`) })}</p>
      {isLastAdmin(right, rights, today) && <p class="wrong mt">{t("people.lastAdmin")}</p>}
    </DeedForm>
  );
}
