import { useEffect } from "preact/hooks";
import { socket } from "~/api/socket.ts";
import { t } from "~/words/words.ts";

/** Who is not signed in, or not any more: one button; no name or number of anybody is on this page. */
export function SignedOut({ wasSignedIn }: { wasSignedIn: boolean }) {
  const title = wasSignedIn ? t("shell.signedOut") : t("shell.welcome");
  useEffect(() => {
    document.title = `${title} · cxm`;
    socket.terminate();
  }, [title]);
  const back = encodeURIComponent(location.pathname + location.search);
  return (
    <>
      <header class="top">
        <div class="top-in">
          <span class="brand">cxm</span>
        </div>
      </header>
      <main id="main">
        <div class="narrow">
          <h1 class="verdict" tabIndex={-1}>
            {title}
          </h1>
          <p class="verdict-2">{wasSignedIn ? t("shell.sessionEnded") : t("shell.signInFirst")}</p>
          <div class="acts">
            <a class="btn primary" target="_top" href={`/signin?return_to=${back}`}>
              {wasSignedIn ? t("shell.signInAgain") : t("shell.signIn")}
            </a>
          </div>
          <p class="small muted mt">{t("shell.respondents")}</p>
        </div>
      </main>
    </>
  );
}
