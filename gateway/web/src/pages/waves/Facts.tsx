import type { ComponentChildren } from "preact";
import { languageName } from "~/parts/languageTag.ts";
import { Said } from "~/parts/Said.tsx";
import { wallOf } from "~/place/clock.ts";
import { useHere } from "~/place/place.ts";
import { day, list, moment, number } from "~/words/format.ts";
import { t } from "~/words/words.ts";
import { DepartmentNames } from "./DepartmentName.tsx";
import type { WaveWholeFragment } from "./queries.generated.ts";

/** What a wave is, beside what it asks. */
export function Facts({ wave }: { wave: WaveWholeFragment }) {
  const { timeZone } = useHere();
  const when = (instant: string | null) => instant && moment(instant, timeZone);
  return (
    <section class="card" aria-labelledby="h-facts">
      <h2 id="h-facts">{t("waves.facts")}</h2>
      <dl class="kv">
        <Fact name={t("waves.key")}>
          <Said text={wave.key} />
        </Fact>
        <Fact name={t("waves.kind")}>{t(`waves.kind_${wave.kind}`)}</Fact>
        <Fact name={t("waves.k")}>{number(wave.k)}</Fact>
        <Fact name={t("waves.audience")}>
          {wave.departments.length === 0 ? (
            t("waves.everybody")
          ) : (
            <DepartmentNames of={wave.departments} />
          )}
        </Fact>
        <Fact name={t("waves.languages")}>{list(wave.languages.map(languageName))}</Fact>
        <Fact name={t("waves.dimensions")}>
          {wave.dimensions.length === 0 ? t("waves.noCuts") : list([...wave.dimensions])}
        </Fact>
        <Fact name={t("waves.opens")}>{when(wave.openedAt ?? wave.opensAt)}</Fact>
        <Fact name={t("waves.closes")}>{when(wave.closedAt ?? wave.closesAt)}</Fact>
        <Fact name={t("waves.reminders")}>
          {wave.reminders.length === 0
            ? t("waves.noReminders")
            : t("waves.remindersAfter", { days: list(wave.reminders.map((days) => number(days))) })}
        </Fact>
        <Fact name={t("waves.again")}>
          {wave.repeatMonths === null
            ? t("waves.once")
            : t("waves.everyMonths", { count: wave.repeatMonths })}
        </Fact>
      </dl>
    </section>
  );
}

/** What is known of a wave that was measured elsewhere: its days, and not who was asked or what was promised. */
export function ImportedFacts({ wave }: { wave: WaveWholeFragment }) {
  const { timeZone } = useHere();
  const when = (instant: string | null) =>
    instant && day(wallOf(instant, timeZone).slice(0, 10), { year: true });
  return (
    <section class="card" aria-labelledby="h-facts">
      <h2 id="h-facts">{t("waves.facts")}</h2>
      <dl class="kv">
        <Fact name={t("waves.key")}>
          <Said text={wave.key} />
        </Fact>
        <Fact name={t("waves.firstDay")}>{when(wave.openedAt)}</Fact>
        <Fact name={t("waves.lastDay")}>{when(wave.closedAt)}</Fact>
      </dl>
    </section>
  );
}

function Fact({ name, children }: { name: string; children: ComponentChildren }) {
  if (children === null || children === "") return null;
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}
