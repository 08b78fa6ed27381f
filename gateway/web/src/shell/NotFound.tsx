import { firstPage } from "~/pages/pages.ts";
import { t } from "~/words/words.ts";
import { usePageTitle } from "./usePageTitle.ts";
import { type SignedIn, useViewer } from "./viewer.ts";

/** What is not there and what may not be seen look the same. */
export function NotFound() {
  usePageTitle(t("shell.notFound"));
  const start = startOf(useViewer());
  return (
    <div class="card">
      <h1 tabIndex={-1}>{t("shell.notFound")}</h1>
      <p class="lede">{t("shell.notYours")}</p>
      {start && (
        <div class="acts">
          <a class="btn" href={start.href}>
            {t("shell.goTo", { name: start.name })}
          </a>
        </div>
      )}
    </div>
  );
}

/** Where one can go from here; undefined where that would lead back here. */
function startOf({ departments: [home], roles }: SignedIn) {
  const { path, name } = firstPage(roles);
  if (path !== "/") return { href: path, name: t(name ?? "shell.whatISee") };
  return home && { href: `/departments/${encodeURIComponent(home.key)}`, name: home.name };
}
