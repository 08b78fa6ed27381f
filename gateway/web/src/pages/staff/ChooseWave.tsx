import { createPortal } from "preact/compat";
import { useEffect, useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { Drop } from "~/parts/Drop.tsx";
import { addressOf, useHere, usePlace } from "~/place/place.ts";
import { day } from "~/words/format.ts";
import { t } from "~/words/words.ts";
import type { WaveNameFragment } from "./queries.generated.ts";
import { closedDay, type Waves } from "./useWaves.ts";
import { useWaveLabel, waveMonth, waveName } from "./waveNames.ts";

/** One wave for the page, in the place of a period; what it is compared with is part of it. */
export function ChooseWave({ waves, page }: { waves: Waves; page: string }) {
  const [tools, setTools] = useState<HTMLElement | null>(null);
  useEffect(() => setTools(document.getElementById("tools")), []);
  const label = useWaveLabel();
  const { timeZone } = useHere();
  const { chosen, against, released } = waves;
  if (tools === null || chosen === undefined) return null;
  const name = label(chosen);
  const shown =
    against === undefined
      ? name
      : t("shell.against", { period: name, other: waveMonth(against, timeZone) });
  return createPortal(
    <Drop kind="drop period" label={shown} name={t("staff.chooseWave", { shown })}>
      <h2>{t("staff.wave")}</h2>
      <ul>
        {released.map((wave) => (
          <Choice
            key={wave.key}
            wave={wave}
            page={page}
            asked={{ wave: wave.key }}
            isOn={wave.key === chosen.key}
          />
        ))}
      </ul>
      <h2>{t("shell.comparedWith")}</h2>
      <ul>
        {released
          .filter(({ key }) => key !== chosen.key)
          .map((wave) => (
            <Choice
              key={wave.key}
              wave={wave}
              page={page}
              asked={{ wave: chosen.key, against: wave.key }}
              isOn={wave.key === against?.key}
            />
          ))}
        <Choice
          page={page}
          asked={{ wave: chosen.key, against: "none" }}
          isOn={against === undefined}
        />
      </ul>
    </Drop>,
    tools,
  );
}

interface ChoiceProps {
  /** Undefined: nothing. */
  wave?: WaveNameFragment;
  page: string;
  asked: Record<string, string>;
  isOn: boolean;
}

function Choice({ wave, page, asked, isOn }: ChoiceProps) {
  const place = usePlace();
  const { timeZone } = useHere();
  const { route } = useLocation();
  return (
    <li>
      <button
        type="button"
        data-closes
        class={isOn ? "on" : ""}
        aria-pressed={isOn}
        onClick={() => route(addressOf(page, place, asked))}
      >
        {wave === undefined ? t("shell.vs_none") : <bdi>{waveName(wave)}</bdi>}{" "}
        {wave?.closedAt && (
          <small>
            {t("scorecard.closed", { day: day(closedDay(wave, timeZone), { year: true }) })}
          </small>
        )}
      </button>
    </li>
  );
}
