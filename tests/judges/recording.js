// Loaded before a client (node --import): the texts of all documents that it sends, into the file RECORD.
import { writeFileSync } from "node:fs";
import { WebSocket } from "ws";

const texts = new Set();

function keep(text) {
  if (typeof text === "string") texts.add(text);
}

function read(sent) {
  let content;
  try {
    content = JSON.parse(sent);
  } catch {
    return; // sent to be refused
  }
  for (const each of [content].flat()) keep((each?.payload ?? each)?.query);
}

const { fetch } = globalThis;
globalThis.fetch = (address, init) => {
  keep(new URL(address).searchParams.get("query"));
  if (init?.body) read(init.body);
  return fetch(address, init);
};

const { send } = WebSocket.prototype;
WebSocket.prototype.send = function recorded(data, ...rest) {
  read(data);
  return send.call(this, data, ...rest);
};

process.on("exit", () => writeFileSync(process.env.RECORD, JSON.stringify([...texts])));
