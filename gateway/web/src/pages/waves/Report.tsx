import { useHere } from "~/place/place.ts";
import { moment, number } from "~/words/format.ts";
import { rich, t } from "~/words/words.ts";
import type { WaveWholeFragment } from "./queries.generated.ts";

interface Props {
  wave: WaveWholeFragment;
  report: NonNullable<WaveWholeFragment["report"]>;
}

const PRINT = 12;

/** How a release came about, step by step, and what its audit found. */
export function Report({ wave, report }: Props) {
  const { timeZone } = useHere();
  const { invited, openedAt, closedAt, releasedAt, reminders } = wave;
  const steps = [
    [
      openedAt,
      t("waves.stepOpened", {
        k: number(wave.k),
        invited: number(invited ?? 0),
        reminders: number(reminders.length),
      }),
    ],
    [closedAt, t("waves.stepClosed")],
    [releasedAt, t("waves.stepReleased")],
    [report.ballotsEndAt, t("waves.stepEnd")],
  ] as const;
  return (
    <>
      <section class="card" aria-labelledby="h-report">
        <h2 id="h-report">{t("waves.report")}</h2>
        <p class="quote">
          {rich("waves.answered", {
            answered: number(report.answered),
            invited: number(invited ?? 0),
          })}{" "}
          {t("waves.releasedCount", {
            released: number(report.released),
            others: number(report.departments - report.released),
          })}
        </p>
        {report.lost > 0 && (
          <p class="note-bar err mt" role="alert">
            {t("waves.lost", { count: number(report.lost), because: report.lostBecause ?? "" })}
          </p>
        )}
        <ol class="tl">
          {steps.map(
            ([at, said]) =>
              at !== null && (
                <li key={said}>
                  <time datetime={at}>{moment(at, timeZone)}</time>
                  <span>{said}</span>
                </li>
              ),
          )}
        </ol>
      </section>
      <section class="card" aria-labelledby="h-audit">
        <h2 id="h-audit">{t("waves.audit")}</h2>
        <p>{t("waves.auditClean")}</p>
        <dl class="kv">
          <dt>{t("waves.cells")}</dt>
          <dd>{number(report.cells)}</dd>
          <dt>{t("waves.cuts")}</dt>
          <dd>{number(report.cuts)}</dd>
          <dt>{t("waves.dropped")}</dt>
          <dd>{number(report.dropped)}</dd>
          <dt>{t("waves.print")}</dt>
          <dd>
            <code title={report.planHash}>{report.planHash.slice(0, PRINT)}…</code>
          </dd>
        </dl>
      </section>
    </>
  );
}
