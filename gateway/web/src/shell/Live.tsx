import { useEffect, useState } from "preact/hooks";
import { type LiveState, onLiveState } from "~/api/socket.ts";
import { useHere } from "~/place/place.ts";
import { time } from "~/words/format.ts";
import { t } from "~/words/words.ts";

/** Whether numbers follow by themselves, and since when the page is as it is. */
export function Live() {
  const { timeZone } = useHere();
  const { state, since } = useLiveState();
  const at = time(since, timeZone);
  return (
    <span class={`live ${state}`}>
      {state === "live" ? t("shell.live", { at }) : t("shell.asOf", { at })}
    </span>
  );
}

/** Whether numbers are live, and when something new was read last. */
export function useLiveState(): { state: LiveState; since: Date } {
  const [live, setLive] = useState<{ state: LiveState; since: Date }>({
    state: "live",
    since: new Date(),
  });
  useEffect(() => onLiveState((state, since) => setLive({ state, since })), []);
  return live;
}
