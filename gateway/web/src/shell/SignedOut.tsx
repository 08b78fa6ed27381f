import { useEffect } from "preact/hooks";
import { socket } from "~/api/socket.ts";
import { t } from "~/words/words.ts";
import { SIGNED_OUT } from "./signOut.ts";

/** Who is not signed in, or not any more: one button; no name or number of anybody is on this page. */
export function SignedOut({ wasSignedIn }: { wasSignedIn: boolean }) {
  const hasLeft = location.pathname === SIGNED_OUT;
  const title = wasSignedIn || hasLeft ? t("shell.signedOut") : t("shell.welcome");
  useEffect(() => {
    document.title = `${title} · cxm`;
    socket.terminate();
  }, [title]);
  const back = encodeURIComponent(hasLeft ? "/" : location.pathname + location.search);
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
          <p class="verdict-2">{t(reasonOf(wasSignedIn, hasLeft))}</p>
          <div class="acts">
            <a class="btn primary" target="_top" href={`/signin?return_to=${back}`}>
              {t(wasSignedIn || hasLeft ? "shell.signInAgain" : "shell.signIn")}
            </a>
          </div>
          <p class="small muted mt">{t("shell.respondents")}</p>
        </div>
      </main>
    </>
  );
}

function reasonOf(wasSignedIn: boolean, hasLeft: boolean) {
  if (hasLeft) return "shell.hasLeft";
  return wasSignedIn ? "shell.sessionEnded" : "shell.signInFirst";
}
