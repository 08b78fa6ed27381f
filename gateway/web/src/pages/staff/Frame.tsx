import type { ComponentChildren } from "preact";
import { Skeleton } from "~/parts/Skeleton.tsx";
import { Trouble } from "~/parts/Trouble.tsx";
import { addressOf, useHere, usePlace } from "~/place/place.ts";
import { NotFound } from "~/shell/NotFound.tsx";
import { useViewer } from "~/shell/viewer.ts";
import { moment } from "~/words/format.ts";
import { t } from "~/words/words.ts";
import { ChooseWave } from "./ChooseWave.tsx";
import type { WaveNameFragment } from "./queries.generated.ts";
import { useWaves, type Waves } from "./useWaves.ts";
import { waveName } from "./waveNames.ts";

interface Props {
  page: "/staff" | "/staff/words";
  children: (waves: Waves & { chosen: WaveNameFragment }) => ComponentChildren;
}

/** A page of one wave: which, its tabs, and what stands here where there is none. */
export function Frame({ page, children }: Props) {
  const waves = useWaves();
  const { chosen, released } = waves;
  if (!waves.isThere) {
    return (
      <>
        <Title />
        {waves.hasFailed ? (
          <Trouble what={t("staff.theWaves")} again={waves.again} />
        ) : (
          <Skeleton lines={6} />
        )}
      </>
    );
  }
  if (chosen === undefined) {
    const isNamed = released.length > 0 || waves.isNamed;
    return isNamed ? <NotFound /> : <NoWave waves={waves} />;
  }
  return (
    <>
      <ChooseWave waves={waves} page={page} />
      {children({ ...waves, chosen })}
      <footer class="foot mt">
        <span>{t("staff.neverChange")}</span>
        <a href="/why-withheld#staff">{t("why.staff")}</a>
      </footer>
    </>
  );
}

function Title() {
  return (
    <h1 class="verdict" tabIndex={-1}>
      {t("staff.title")}
    </h1>
  );
}

/** Nobody was asked yet, or nothing is released: what comes, and when. */
function NoWave({ waves }: { waves: Waves }) {
  const { roles } = useViewer();
  const mayPlan = roles.has("ADMIN") || roles.has("ANALYST");
  return (
    <>
      <h1 class="verdict" tabIndex={-1}>
        {t(waves.closed ? "staff.notReleased" : "staff.noWave")}
      </h1>
      <p class="verdict-2">{t(waves.closed ? "staff.notReleasedIs" : "staff.noWaveIs")}</p>
      <OpenWave waves={waves} />
      {mayPlan && (
        <div class="acts">
          <a class="btn primary" href="/waves">
            {t("waves.title")}
          </a>
        </div>
      )}
    </>
  );
}

/** A wave that takes answers now, whose results come after it closes. */
export function OpenWave({ waves: { open } }: { waves: Waves }) {
  const { timeZone } = useHere();
  if (open === undefined) return null;
  return (
    <p class="note-bar mt">
      {open.closesAt === null
        ? t("staff.isOpen", { name: waveName(open) })
        : t("staff.isOpenUntil", { name: waveName(open), at: moment(open.closesAt, timeZone) })}
    </p>
  );
}

/** Results and words of one wave. */
export function Tabs({ wave, page }: { wave: WaveNameFragment; page: Props["page"] }) {
  const place = usePlace();
  const tabs = [
    { to: "/staff", name: t("staff.results") },
    { to: "/staff/words", name: t("staff.words") },
  ] as const;
  return (
    <nav class="tabs" aria-label={t("staff.title")}>
      {tabs.map(({ to, name }) => (
        <a
          key={to}
          href={addressOf(to, place, { wave: wave.key })}
          aria-current={to === page ? "page" : undefined}
        >
          {name}
        </a>
      ))}
    </nav>
  );
}
