import { createClient } from "graphql-ws";

type Listener = (state: LiveState, since: Date) => void;

/** What is shown of the live connection. */
export type LiveState = "live" | "lost";

/** Less than the shortest wait before another attempt, so that what is mended was told. */
const LOST_AFTER_MS = 1_000;
const SHORTEST_WAIT_MS = 1_500;
const LONGEST_WAIT_MS = 16_000;
const PING_EVERY_MS = 15_000;
const PONG_WITHIN_MS = 10_000;
const ENDED = [4401, 4403];
const OWN_END = 1000;

const listeners = new Set<Listener>();
const whenBack = new Set<() => void>();
let whenEnded: () => void = () => undefined;
let state: LiveState = "live";
let since = new Date();
let wasClosed = false;
let timer: ReturnType<typeof setTimeout> | undefined;
let pong: ReturnType<typeof setTimeout> | undefined;

/** One WebSocket for all subscriptions of the page, opened with the first one; opened again until it holds. */
export const socket = createClient({
  url: () => `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/graphql`,
  lazy: true,
  keepAlive: PING_EVERY_MS,
  retryAttempts: Number.POSITIVE_INFINITY,
  retryWait: (tries) => new Promise((done) => setTimeout(done, waitOf(tries))),
  shouldRetry: (closed) => !isEnd(closed),
  on: {
    ping: (isTheirs) => {
      // A connection that died in silence looks open: who does not answer is left.
      if (!isTheirs) pong ??= setTimeout(() => socket.terminate(), PONG_WITHIN_MS);
    },
    pong: (isTheirs) => {
      if (isTheirs) answered();
    },
    connected: () => {
      become("live");
      if (wasClosed) for (const handle of whenBack) handle();
      wasClosed = false;
    },
    closed: (closed) => {
      answered();
      if (whenBack.size === 0 || isOwnEnd(closed)) return;
      wasClosed = true;
      timer ??= setTimeout(() => become("lost"), LOST_AFTER_MS);
      if (isEnd(closed)) whenEnded();
    },
  },
});

/** Twice as long each time, and by chance a little more: not everybody comes back at the same moment. */
function waitOf(tries: number): number {
  const wait = Math.min(SHORTEST_WAIT_MS * 2 ** tries, LONGEST_WAIT_MS);
  return wait * (1 + Math.random() / 2);
}

function isEnd(closed: unknown): boolean {
  return closed instanceof CloseEvent && ENDED.includes(closed.code);
}

/** Whether the page itself closed it, because nothing on it is live any more. */
function isOwnEnd(closed: unknown): boolean {
  return closed instanceof CloseEvent && closed.code === OWN_END;
}

function answered(): void {
  clearTimeout(pong);
  pong = undefined;
}

/** Hears whether numbers are live; returns how to stop. */
export function onLiveState(listener: Listener): () => void {
  listeners.add(listener);
  listener(state, since);
  return () => listeners.delete(listener);
}

/** Hears that the connection is there again, and news may have been missed; returns how to stop. */
export function onBack(handle: () => void): () => void {
  whenBack.add(handle);
  return () => {
    whenBack.delete(handle);
    if (whenBack.size === 0) become("live"); // nothing is followed: nothing can be lost
  };
}

/** What happens when the gateway ends the connection because the session or a right has ended. */
export function onEnded(handle: () => void): void {
  whenEnded = handle;
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
