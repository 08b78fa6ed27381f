import { useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { Drop } from "~/parts/Drop.tsx";
import { addDays, addMonths, type Period, periodBefore, quarterOf } from "~/place/days.ts";
import { periodName } from "~/place/names.ts";
import { addressOf, type Place, useHere, usePlace, type Versus } from "~/place/place.ts";
import { t } from "~/words/words.ts";

const VERSUS: readonly Versus[] = ["before", "year", "none"];

/** One period for the page; what it is compared with is part of it. */
export function ChoosePeriod() {
  const place = usePlace();
  const { today } = useHere();
  const go = useGo();
  const quarter = quarterOf(today);
  const periods = [
    { name: t("shell.last30"), period: { from: addDays(today, -29), to: addDays(today, 1) } },
    { name: t("shell.thisQuarter"), period: quarter },
    { name: t("shell.lastQuarter"), period: periodBefore(quarter) },
    {
      name: t("shell.last12"),
      period: {
        from: addMonths(`${today.slice(0, 8)}01`, -11),
        to: addMonths(`${today.slice(0, 8)}01`, 1),
      },
    },
  ];
  const shown =
    place.compareTo === undefined
      ? periodName(place.period)
      : t("shell.against", {
          period: periodName(place.period),
          other: periodName(place.compareTo, place.period),
        });
  return (
    <Drop kind="drop period" label={shown} name={t("shell.choosePeriod", { period: shown })}>
      <h2>{t("shell.period")}</h2>
      <ul>
        {periods.map(({ name, period }) => (
          <Choice
            key={name}
            name={name}
            small={periodName(period)}
            isOn={same(period, place.period)}
            choose={() => go({ period })}
          />
        ))}
      </ul>
      <FromTo
        key={`${place.period.from} ${place.period.to}`}
        period={place.period}
        choose={(period) => go({ period })}
      />
      <h2>{t("shell.comparedWith")}</h2>
      <ul>
        {VERSUS.map((versus) => (
          <Choice
            key={versus}
            name={t(`shell.vs_${versus}`)}
            isOn={versus === place.versus}
            choose={() => go({ versus })}
          />
        ))}
      </ul>
      <h2>{t("shell.departments")}</h2>
      <ul>
        {(["TODAY", "AS_IT_WAS"] as const).map((tree) => (
          <Choice
            key={tree}
            name={t(`shell.tree_${tree}`)}
            isOn={tree === place.tree}
            choose={() => go({ tree })}
          />
        ))}
      </ul>
    </Drop>
  );
}

/** Opens the same page for another place; its other filters stay. */
export function useGo(): (change: Partial<Place>) => void {
  const place = usePlace();
  const { path, query, route } = useLocation();
  const { department, from, to, vs, tree, below, ...filters } = query;
  const page = path === "/" || path.startsWith("/departments/") ? "/departments" : path;
  return (change) => route(addressOf(page, { ...place, ...change }, filters));
}

function same(one: Period, other: Period): boolean {
  return one.from === other.from && one.to === other.to;
}

interface ChoiceProps {
  name: string;
  small?: string;
  isOn: boolean;
  choose: () => void;
}

function Choice({ name, small, isOn, choose }: ChoiceProps) {
  return (
    <li>
      <button
        type="button"
        data-closes
        class={isOn ? "on" : ""}
        aria-pressed={isOn}
        onClick={choose}
      >
        {name} {small && <small>{small}</small>}
      </button>
    </li>
  );
}

/** Any days; the last one is included, as people say it. */
function FromTo({ period, choose }: { period: Period; choose: (period: Period) => void }) {
  const [from, setFrom] = useState(period.from);
  const [last, setLast] = useState(addDays(period.to, -1));
  const isWrong = from === "" || last === "" || last < from;
  const [isTold, setTold] = useState(false);
  return (
    <form
      class="from-to"
      onSubmit={(event) => {
        event.preventDefault();
        if (isWrong) setTold(true);
        else choose({ from, to: addDays(last, 1) });
      }}
    >
      <label>
        {t("shell.from")}
        <input
          class="field"
          type="date"
          value={from}
          onInput={(event) => setFrom(event.currentTarget.value)}
        />
      </label>
      <label>
        {t("shell.to")}
        <input
          class="field"
          type="date"
          value={last}
          onInput={(event) => setLast(event.currentTarget.value)}
        />
      </label>
      <button class="btn" type="submit">
        {t("shell.show")}
      </button>
      {isTold && isWrong && (
        <p class="wrong" role="alert">
          {t("shell.wrongDays")}
        </p>
      )}
    </form>
  );
}
