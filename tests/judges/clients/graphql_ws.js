// The reference client of graphql-transport-ws against a running platform: URL (ws://...), TOKEN, HTTP in the environment.
import assert from "node:assert/strict";
import { createClient } from "graphql-ws";
import { WebSocket } from "ws";
import { finish, judge } from "../claims.js";
import { submit } from "./submit.js";

const { URL: url, TOKEN: token } = process.env;
const ME = "{ viewer { subject } }";
const CHANGED = 'subscription { scoreChanged(department: "root") { department metrics at } }';

function client(options = {}) {
  return createClient({
    url,
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    connectionParams: { Authorization: `Bearer ${token}` },
    ...options,
  });
}

async function raw(messages) {
  const socket = new WebSocket(url, "graphql-transport-ws");
  const closed = new Promise((done) => socket.on("close", (code) => done(code)));
  await new Promise((opened) => socket.on("open", opened));
  for (const message of messages) socket.send(message);
  return closed;
}

const init = '{"type":"connection_init"}';
const ask = `{"type":"subscribe","id":"1","payload":{"query":"${ME}"}}`;
const watch = JSON.stringify({ type: "subscribe", id: "1", payload: { query: CHANGED } });
const signedInit = JSON.stringify({ type: "connection_init", payload: { Authorization: `Bearer ${token}` } });

const judges = {
  "a query is answered and completed": async () => {
    const results = [];
    for await (const result of client().iterate({ query: ME })) results.push(result);
    assert.equal(results.length, 1);
    assert.ok(results[0].data.viewer.subject);
  },
  "a subscription hears a response": async () => {
    let ready;
    const settled = new Promise((done) => (ready = done));
    const one = client({ keepAlive: 50, on: { pong: () => ready() } });
    const events = one.iterate({ query: CHANGED });
    const next = events.next();
    await settled;
    await submit();
    assert.equal((await next).value.data.scoreChanged.department, "root");
    await events.return();
    await one.dispose();
  },
  "errors of a document reach the subscriber": async () => {
    await assert.rejects(client().iterate({ query: "{ nothing }" }).next(), (errors) => errors[0].message.length > 0);
  },
  "a cancelled operation leaves the socket to others": async () => {
    const one = client({ lazy: false, onNonLazyError: () => {} });
    for (let turn = 0; turn < 3; turn += 1) {
      const events = one.iterate({ query: CHANGED });
      const next = events.next();
      await events.return();
      await next;
    }
    const { value } = await one.iterate({ query: ME }).next();
    assert.ok(value.data.viewer);
    await one.dispose();
  },
  "a token that does not hold closes with 4403": async () => {
    const closed = new Promise((done) => {
      const one = client({ connectionParams: { Authorization: "Bearer x" }, on: { closed: (event) => done(event.code) } });
      one.iterate({ query: ME }).next().catch(() => {});
    });
    assert.equal(await closed, 4403);
  },
  "4400: no message": async () => assert.equal(await raw(["nonsense"]), 4400),
  "4400: unknown type": async () => assert.equal(await raw(['{"type":"start"}']), 4400),
  "4401: before the acknowledgement": async () => assert.equal(await raw([ask]), 4401),
  "4409: an id in use": async () => assert.equal(await raw([signedInit, watch, watch]), 4409),
  "4429: initialised twice": async () => assert.equal(await raw([init, init]), 4429),
  "4406: another subprotocol": async () => {
    const socket = new WebSocket(url, "graphql-ws");
    socket.on("error", () => {});
    const code = await new Promise((done) => socket.on("close", (found) => done(found)));
    assert.ok([4406, 1006].includes(code), `closed with ${code}`); // ws gives up before it reads the code
  },
};

for (const [claim, test] of Object.entries(judges)) await judge(claim, test);
finish();
