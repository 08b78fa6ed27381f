// The W3C header by which the requests that follow one click are one trace, from the gateway to the last service.

const TOGETHER_MS = 2_000;
/** What a person does: what the page asks for soon after belongs to it. */
const DEEDS = ["click", "keydown", "drop", "popstate"];

let trace = randomHex(16);
let since = performance.now();

/** Begins a trace with whatever a person does on the page. */
export function traceDeeds(): void {
  for (const deed of DEEDS) addEventListener(deed, beginTrace, { capture: true, passive: true });
}

/** Begins a trace for what is asked for from now on. */
export function beginTrace(): void {
  trace = randomHex(16);
  since = performance.now();
}

/** The header of a request. Long after the last deed it is in a trace of its own: nobody waits for it. */
export function traced(): { traceparent: string } {
  const isFollowing = performance.now() - since < TOGETHER_MS;
  // Whether it is recorded the gateway decides.
  return { traceparent: `00-${isFollowing ? trace : randomHex(16)}-${randomHex(8)}-01` };
}

function randomHex(bytes: number): string {
  const drawn = crypto.getRandomValues(new Uint8Array(bytes));
  return Array.from(drawn, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
