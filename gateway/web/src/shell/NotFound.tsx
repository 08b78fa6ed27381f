import { t } from "~/words/words.ts";
import { usePageTitle } from "./usePageTitle.ts";
import { useViewer } from "./viewer.ts";

/** What is not there and what may not be seen look the same. */
export function NotFound() {
  const { departments } = useViewer();
  usePageTitle(t("shell.notFound"));
  const [home] = departments;
  return (
    <div class="card">
      <h1 tabIndex={-1}>{t("shell.notFound")}</h1>
      <p class="lede">{t("shell.notYours")}</p>
      {home && (
        <div class="acts">
          <a class="btn" href={`/departments/${encodeURIComponent(home.key)}`}>
            {t("shell.goTo", { name: home.name })}
          </a>
        </div>
      )}
    </div>
  );
}
