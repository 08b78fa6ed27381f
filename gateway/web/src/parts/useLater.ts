import { useEffect, useState } from "preact/hooks";

const AT_LATEST_MS = 200;

/** Whether the browser has drawn what comes first, and had time: true for good from then on. */
export function useLater(): boolean {
  const [isLater, setLater] = useState(false);
  useEffect(() => {
    const { requestIdleCallback, cancelIdleCallback } = globalThis;
    if (requestIdleCallback === undefined) {
      const timer = setTimeout(() => setLater(true)); // Safari: an effect runs after the paint
      return () => clearTimeout(timer);
    }
    const idle = requestIdleCallback(() => setLater(true), { timeout: AT_LATEST_MS });
    return () => cancelIdleCallback(idle);
  }, []);
  return isLater;
}
