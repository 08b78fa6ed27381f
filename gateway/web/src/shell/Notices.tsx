import { useEffect, useState } from "preact/hooks";
import { useHere } from "~/place/place.ts";
import { time } from "~/words/format.ts";
import { t } from "~/words/words.ts";
import { useLiveState } from "./Live.tsx";
import { hasLostRights } from "./useRights.ts";

/** What is wrong with the page as a whole: other rights, offline, no longer live, or older than the server. */
export function Notices() {
  const { timeZone } = useHere();
  const isOnline = useOnline();
  const { state, since } = useLiveState();
  const isOld = useRenewed();
  const at = time(since, timeZone);
  return (
    <div class="notices" role="status">
      {hasLostRights && <p class="note-bar">{t("shell.rightsChanged")}</p>}
      {!isOnline && <p class="note-bar">{t("shell.offline", { at })}</p>}
      {isOnline && state === "lost" && <p class="note-bar">{t("shell.lost", { at })}</p>}
      {isOld && (
        <p class="note-bar">
          {t("shell.renewed")}
          <button class="btn" type="button" onClick={() => location.reload()}>
            {t("shell.loadNew")}
          </button>
        </p>
      )}
    </div>
  );
}

function useOnline(): boolean {
  const [isOnline, setOnline] = useState(navigator.onLine);
  useEffect(() => {
    const look = () => setOnline(navigator.onLine);
    addEventListener("online", look);
    addEventListener("offline", look);
    return () => {
      removeEventListener("online", look);
      removeEventListener("offline", look);
    };
  }, []);
  return isOnline;
}

const LOOK_EVERY_MS = 5 * 60_000;

/** Whether the server has a newer page than this one: its script has another name. */
function useRenewed(): boolean {
  const [isOld, setOld] = useState(false);
  useEffect(() => {
    const own = document
      .querySelector<HTMLScriptElement>("script[src*='/assets/']")
      ?.getAttribute("src");
    const look = async () => {
      const answer = await fetch("/", { headers: { Accept: "text/html" } }).catch(() => undefined);
      if (own && answer?.ok && !(await answer.text()).includes(own)) setOld(true);
    };
    const timer = setInterval(look, LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, []);
  return isOld;
}
