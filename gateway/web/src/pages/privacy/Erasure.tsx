import { useState } from "preact/hooks";
import { Refusals } from "~/parts/Refusals.tsx";
import { Said } from "~/parts/Said.tsx";
import { useDeed } from "~/parts/useDeed.ts";
import { useHere } from "~/place/place.ts";
import { useViewer } from "~/shell/viewer.ts";
import { list, moment, number } from "~/words/format.ts";
import { t } from "~/words/words.ts";
import { Decide } from "./Decide.tsx";
import { CountErasureDocument } from "./queries.generated.ts";
import { Receipts } from "./Receipts.tsx";
import type { Request } from "./useErasures.ts";

interface Props {
  request: Request;
  done: (words: string) => void;
}

/** One request: who asked, what it would erase, who decides, and what was erased. */
export function Erasure({ request, done }: Props) {
  const { timeZone } = useHere();
  const name = nameOf(request);
  const isUndecided = request.state === "REQUESTED" || request.state === "COUNTED";
  return (
    <section class="card mt" aria-label={name}>
      <p class="tag">{t(`privacy.state_${request.state}`)}</p>
      <h2>{name}</h2>
      <dl class="kv">
        <dt>{t("privacy.asked")}</dt>
        <dd>
          {moment(request.requestedAt, timeZone)} · {request.requestedBy}
        </dd>
        {request.reason !== null && (
          <>
            <dt>{t("privacy.why")}</dt>
            <dd>
              <Said text={request.reason} />
            </dd>
          </>
        )}
        {isUndecided && (
          <>
            <dt>{t("privacy.due")}</dt>
            <dd>
              {moment(request.dueAt, timeZone)}
              {isDueSoon(request) && <strong class="tag">{t("privacy.dueSoon")}</strong>}
            </dd>
          </>
        )}
        {request.decidedAt !== null && (
          <>
            <dt>{t("privacy.decided")}</dt>
            <dd>
              {moment(request.decidedAt, timeZone)} · {request.decidedBy}
              {request.sole && ` · ${t("privacy.sole")}`}
              {request.decision !== null && (
                <>
                  {" · "}
                  <Said text={request.decision} />
                </>
              )}
            </dd>
          </>
        )}
        {request.doneAt !== null && (
          <>
            <dt>{t("privacy.done")}</dt>
            <dd>{moment(request.doneAt, timeZone)}</dd>
          </>
        )}
        {request.heldUntil !== null && (
          <>
            <dt>{t("privacy.backups")}</dt>
            <dd>{moment(request.heldUntil, timeZone)}</dd>
          </>
        )}
      </dl>
      {request.formerlyLinked.length > 0 && (
        <p class="small mt">
          {t("privacy.formerly", { numbers: list([...request.formerlyLinked]) })}
        </p>
      )}
      {isUndecided && request.aliases > 0 && (
        <p class="small muted mt">
          {t("privacy.aliases", { count: request.aliases, shown: number(request.aliases) })}
        </p>
      )}
      {request.receipts.length > 0 ? (
        <Receipts title={t("privacy.receipts")} of={request.receipts} />
      ) : (
        <Receipts title={t("privacy.counts")} of={request.counts} />
      )}
      {isUndecided && <Deeds request={request} done={done} />}
    </section>
  );
}

const NOTICE_MS = 10 * 24 * 60 * 60 * 1000;

/** Whether it has to be decided within ten days. */
function isDueSoon({ dueAt }: Request): boolean {
  return Date.parse(dueAt) - Date.now() < NOTICE_MS;
}

/** A customer by number; an id that profile does not know is not kept as it was written. */
function nameOf({ number }: Request): string {
  return number === null ? t("privacy.ofUnknown") : t("privacy.ofCustomer", { number });
}

function Deeds({ request, done }: Props) {
  const { id, state } = request;
  const { roles } = useViewer();
  const [isDeciding, setDeciding] = useState(false);
  const { perform, refusals, isBusy } = useDeed(
    CountErasureDocument,
    (data) => data.countErasure.userErrors,
  );
  if (isDeciding) {
    return (
      <Decide
        id={id}
        name={nameOf(request)}
        state={state}
        done={done}
        leave={() => setDeciding(false)}
      />
    );
  }
  const count = async () => {
    if (!isBusy && (await perform({ id })) !== undefined) done(t("privacy.countedAnew"));
  };
  return (
    <>
      <Refusals of={refusals} />
      <div class="acts">
        {roles.has("PRIVACY_OFFICER") && (
          <button class="btn primary" type="button" onClick={() => setDeciding(true)}>
            {t("privacy.decide")} …
          </button>
        )}
        <button class="btn" type="button" aria-busy={isBusy || undefined} onClick={count}>
          {t("privacy.countAgain")}
        </button>
      </div>
      {!roles.has("PRIVACY_OFFICER") && <p class="small muted">{t("privacy.officersDecide")}</p>}
    </>
  );
}
