import { t } from "~/words/words.ts";
import { signOut } from "./signOut.ts";
import { usePageTitle } from "./usePageTitle.ts";
import { hasLostRights } from "./useRights.ts";

/** Who is signed in and has no right, not yet or not any more: by which name an administrator finds them. */
export function NoRights({ subject }: { subject: string }) {
  const title = hasLostRights ? t("shell.rightsEnded") : t("shell.noRights");
  usePageTitle(title);
  return (
    <main id="main">
      <div class="narrow">
        <h1 class="verdict" tabIndex={-1}>
          {title}
        </h1>
        <p class="verdict-2">{t("shell.tellAdmin", { subject })}</p>
        <div class="acts">
          <button class="btn" type="button" onClick={signOut}>
            {t("shell.signOut")}
          </button>
        </div>
      </div>
    </main>
  );
}
