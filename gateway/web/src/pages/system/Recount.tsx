import { Refusals } from "~/parts/Refusals.tsx";
import { useDeed } from "~/parts/useDeed.ts";
import { useHere } from "~/place/place.ts";
import { moment, month, number } from "~/words/format.ts";
import { rich, t } from "~/words/words.ts";
import { Failed } from "./Failed.tsx";
import { type ChecksQuery, StartReconciliationDocument } from "./queries.generated.ts";

type Work = NonNullable<ChecksQuery["reconciliation"]>;

/** Whether scores are counted from what is stored, and where not. */
export function Recount({ of, changed }: { of: Work; changed: () => void }) {
  const { perform, refusals, isBusy } = useDeed(StartReconciliationDocument, () => []);
  const compare = async () => {
    if (!isBusy && (await perform({})) !== undefined) changed();
  };
  return (
    <section class="card" aria-labelledby="h-recount">
      <h2 id="h-recount">{t("system.recount")}</h2>
      <p class="lede">{t("system.recountLede")}</p>
      <div role="status">
        <Outcome of={of} />
      </div>
      {of.differences.length > 0 && <Differences of={of} />}
      <Refusals of={refusals} />
      <div class="acts">
        <button class="btn primary" type="button" aria-busy={isBusy || undefined} onClick={compare}>
          {t("system.compare")}
        </button>
      </div>
    </section>
  );
}

function Outcome({ of: { state, startedAt, error, compared, differing } }: { of: Work }) {
  const { timeZone } = useHere();
  const at = startedAt === null ? "" : moment(startedAt, timeZone);
  if (state === "NEVER") return <p class="mt">{t("system.never")}</p>;
  if (state === "RUNNING") return <p class="mt">{t("system.comparing", { at })}</p>;
  if (state === "FAILED") return <Failed why={error} />;
  const words = { at, compared: number(compared), differing: number(differing) };
  if (differing === 0) return <p class="mt">{rich("system.equal", words)}</p>;
  return <p class="wrong mt">{rich("system.differs", words)}</p>;
}

function Differences({ of: { differences, differing } }: { of: Work }) {
  return (
    <>
      <table class="tbl fold">
        <caption class="vh">{t("system.differences")}</caption>
        <thead>
          <tr>
            {(["department", "survey", "month", "what", "stored", "counted"] as const).map(
              (name) => (
                <th scope="col" key={name}>
                  {t(`system.${name}`)}
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody>
          {differences.map((one) => (
            <tr
              key={[
                one.department,
                one.survey,
                one.month,
                one.quantity,
                one.question,
                one.option,
              ].join(" ")}
            >
              <th scope="row">{one.department}</th>
              <td data-l={t("system.survey")}>{one.survey}</td>
              <td data-l={t("system.month")}>{month(`${one.month}-01`, { year: true })}</td>
              <td data-l={t("system.what")}>{whatOf(one)}</td>
              <td data-l={t("system.stored")}>{number(one.stored)}</td>
              <td data-l={t("system.counted")}>{number(one.counted)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {differing > differences.length && (
        <p class="small">
          {t("system.firstOnes", { shown: number(differences.length), all: number(differing) })}
        </p>
      )}
    </>
  );
}

function whatOf({ quantity, question, option }: Work["differences"][number]): string {
  if (quantity === "RESPONSES") return t("system.quantity_RESPONSES");
  const asked = [question, option].filter(Boolean).join(", ");
  return t(`system.quantity_${quantity}`, { question: asked });
}
