import { createClient } from "graphql-ws";

type Listener = (state: LiveState, since: Date) => void;

/** What is shown of the live connection. */
export type LiveState = "live" | "lost";

const LOST_AFTER_MS = 60_000;
const ENDED = [4401, 4403];
/** Nobody listens any more, see RFC 6455, 7.4.1. */
const NOT_NEEDED = 1000;

const listeners = new Set<Listener>();
const reconnected = new Set<() => void>();
let state: LiveState = "live";
let since = new Date();
let timer: ReturnType<typeof setTimeout> | undefined;

/** One WebSocket for all subscriptions of the page, opened with the first one and closed with the last. */
export const socket = createClient({
  url: () => `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/graphql`,
  lazy: true,
  keepAlive: 15_000,
  retryAttempts: Number.POSITIVE_INFINITY,
  shouldRetry: (closed) => !(closed instanceof CloseEvent && ENDED.includes(closed.code)),
  on: {
    connected: (_socket, _payload, wasRetry) => {
      become("live");
      if (wasRetry) for (const listener of reconnected) listener();
    },
    closed: (event) => {
      if ((event as CloseEvent).code === NOT_NEEDED) become("live");
      else timer ??= setTimeout(() => become("lost"), LOST_AFTER_MS);
    },
  },
});

/** Hears whether numbers are live; returns how to stop. */
export function onLiveState(listener: Listener): () => void {
  listeners.add(listener);
  listener(state, since);
  return () => listeners.delete(listener);
}

/** Hears when the connection is back: what changed meanwhile was not told. Returns how to stop. */
export function onReconnected(listener: () => void): () => void {
  reconnected.add(listener);
  return () => reconnected.delete(listener);
}

/** Says that something new was read. */
export function renewed(): void {
  since = new Date();
  tell();
}

function become(next: LiveState): void {
  clearTimeout(timer);
  timer = undefined;
  if (state === next) return;
  state = next;
  tell();
}

function tell(): void {
  for (const listener of listeners) listener(state, since);
}
