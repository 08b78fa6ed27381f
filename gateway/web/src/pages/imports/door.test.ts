import { expect, test } from "vitest";
import { linesOf, reasonOf } from "./door.ts";

function stream(...pieces: Uint8Array[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (const piece of pieces) controller.enqueue(piece);
      controller.close();
    },
  });
}

test("lines come whole, wherever the pieces end", async () => {
  const bytes = new TextEncoder().encode('{"a":"ņ"}\n{"b":1}\n\n{"c":2}');
  for (let at = 1; at < bytes.length; at += 1) {
    const lines: string[] = [];
    for await (const line of linesOf(stream(bytes.slice(0, at), bytes.slice(at)))) lines.push(line);
    expect(lines).toEqual(['{"a":"ņ"}', '{"b":1}', '{"c":2}']);
  }
});

test("a refusal is told in its own words, and one of somebody between in its number", async () => {
  const told = JSON.stringify({ errors: [{ message: "no such key" }] });
  expect(await reasonOf(new Response(told, { status: 400 }))).toBe("no such key");
  const other = new Response("<html>", { status: 502, statusText: "Bad Gateway" });
  expect(await reasonOf(other)).toBe("502 Bad Gateway");
});
