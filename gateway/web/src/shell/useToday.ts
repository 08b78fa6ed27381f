import { useEffect, useState } from "preact/hooks";
import { todayIn } from "~/place/days.ts";

const LOOKED_AT_EVERY_MS = 30_000;

/** Today where the organisation is; a page that stays open over midnight goes on to the next day. */
export function useToday(timeZone: string): string {
  const [, setDay] = useState("");
  useEffect(() => {
    const look = () => setDay(todayIn(timeZone)); // draws anew when it is another day
    const timer = setInterval(look, LOOKED_AT_EVERY_MS);
    document.addEventListener("visibilitychange", look); // timers of what is not seen are slow
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", look);
    };
  }, [timeZone]);
  return todayIn(timeZone);
}
