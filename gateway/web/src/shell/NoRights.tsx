import { t } from "~/words/words.ts";
import { signOut } from "./signOut.ts";
import { usePageTitle } from "./usePageTitle.ts";

/** Who is signed in and was given nothing: by which name an administrator finds them. */
export function NoRights({ subject }: { subject: string }) {
  usePageTitle(t("shell.noRights"));
  return (
    <main id="main">
      <div class="narrow">
        <h1 class="verdict" tabIndex={-1}>
          {t("shell.noRights")}
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
