import { MARKER } from "~/api/marker.ts";

const ADDRESS = "/graphql";

export interface Asked {
  query: string;
  variables: Record<string, unknown>;
  operationName?: string | undefined;
}

/** An answer, or one of those of a subscription. */
export interface Answer {
  status: number;
  body: unknown;
}

/** With a token that was typed in, else as who is signed in: then the marker says that a page of ours asks. */
function headersOf(token: string, accept: string): RequestInit {
  const shown: Record<string, string> =
    token === "" ? { ...MARKER } : { Authorization: `Bearer ${token}` };
  return {
    method: "POST",
    headers: { ...shown, Accept: accept, "Content-Type": "application/json" },
    credentials: token === "" ? "same-origin" : "omit",
  };
}

/** Asks, and tells what comes until all has come. */
export async function ask(
  asked: Asked,
  token: string,
  signal: AbortSignal,
  tell: (answer: Answer) => void,
): Promise<void> {
  const response = await fetch(ADDRESS, {
    ...headersOf(token, "text/event-stream, application/graphql-response+json"),
    body: JSON.stringify({ ...asked, extensions: { cost: true } }),
    signal,
  });
  const { status } = response;
  if (!response.headers.get("content-type")?.startsWith("text/event-stream")) {
    tell({ status, body: await response.json() });
    return;
  }
  for await (const data of eventsOf(response)) tell({ status, body: JSON.parse(data) });
}

/** The data of Server-Sent Events, those without any left out. */
async function* eventsOf(response: Response): AsyncGenerator<string> {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  for (;;) {
    const piece = await reader?.read();
    if (piece?.value === undefined) return;
    const events = (text + piece.value).split("\n\n");
    text = events.pop() ?? "";
    for (const event of events) {
      const data = /^data: (.+)$/m.exec(event)?.[1];
      if (data !== undefined) yield data;
    }
  }
}

/** What tools read of the schema; throws where it is not told. */
export async function introspected(query: string, token: string): Promise<unknown> {
  const response = await fetch(ADDRESS, {
    ...headersOf(token, "application/json"),
    body: JSON.stringify({ query }),
  });
  return (await response.json()).data;
}
