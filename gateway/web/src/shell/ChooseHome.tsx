import { remember, remembered } from "~/parts/remembered.ts";
import { t } from "~/words/words.ts";
import { useViewer } from "./viewer.ts";

const KEPT_AS = "cxm.home";

/** The department where this browser starts: the only one, or the one chosen before. */
export function keptHome(departments: { key: string }[]): string | undefined {
  if (departments.length === 1) return departments[0]?.key;
  const kept = remembered(KEPT_AS);
  return departments.find(({ key }) => key === kept)?.key;
}

/** Who may see several departments chooses once. */
export function ChooseHome() {
  const { departments } = useViewer();
  return (
    <div class="card">
      <h1 tabIndex={-1}>{t("shell.severalDepartments", { count: departments.length })}</h1>
      <p class="lede">{t("shell.chooseOne")}</p>
      <div class="acts">
        {departments.map(({ key, name }) => (
          <a
            key={key}
            class="btn"
            href={`/departments/${encodeURIComponent(key)}`}
            onClick={() => remember(KEPT_AS, key)}
          >
            {name}
          </a>
        ))}
      </div>
    </div>
  );
}
