// Apollo Client: queries, its cache, persisted documents and batches: HTTP, TOKEN in the environment.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { ApolloClient, gql, HttpLink, InMemoryCache } from "@apollo/client";
import { GraphQL17Alpha9Handler } from "@apollo/client/incremental";
import { BatchHttpLink } from "@apollo/client/link/batch-http";
import { PersistedQueryLink } from "@apollo/client/link/persisted-queries";
import { submitUntil } from "./submit.js";

const { HTTP: uri, TOKEN: token } = process.env;
const headers = { authorization: `Bearer ${token}` };
const sha256 = (text) => createHash("sha256").update(text).digest("hex");
const ROOT = gql`query Root { organization { id key name } }`;
const ME = gql`query Me { viewer { subject } }`;

function client(link) {
  return new ApolloClient({ link, cache: new InMemoryCache() });
}

function counting() {
  const sent = [];
  const counted = (address, init) => {
    sent.push({ address: String(address), ...init });
    return fetch(address, init);
  };
  return [sent, counted];
}

let judged = 0;
async function judge(name, test) {
  await test();
  judged += 1;
  console.log(`apollo: ${name}`);
}

await judge("a query, then from its cache", async () => {
  const [sent, counted] = counting();
  const apollo = client(new HttpLink({ uri, headers, fetch: counted }));
  const first = await apollo.query({ query: ROOT });
  const again = await apollo.query({ query: ROOT });
  assert.equal(first.data.organization.key, "root");
  assert.deepEqual(again.data, first.data);
  assert.equal(sent.length, 1);
});

await judge("a query by GET", async () => {
  const [sent, counted] = counting();
  const apollo = client(new HttpLink({ uri, headers, fetch: counted, useGETForQueries: true }));
  assert.equal((await apollo.query({ query: ROOT })).data.organization.key, "root");
  assert.equal(sent[0].method, "GET");
});

await judge("a document is sent once and then named by its hash", async () => {
  const [sent, counted] = counting();
  const link = () =>
    new PersistedQueryLink({ sha256, useGETForHashedQueries: true }).concat(
      new HttpLink({ uri, headers, fetch: counted }),
    );
  assert.equal((await client(link()).query({ query: ROOT })).data.organization.key, "root");
  assert.equal((await client(link()).query({ query: ROOT })).data.organization.key, "root");
  assert.equal(sent.length, 3, "named, sent, named");
  assert.ok(!sent[2].address.includes("query="), "the second client sent the hash alone");
});

await judge("a batch", async () => {
  const [sent, counted] = counting();
  const apollo = client(new BatchHttpLink({ uri, headers, fetch: counted, batchMax: 10 }));
  const [root, me] = await Promise.all([apollo.query({ query: ROOT }), apollo.query({ query: ME })]);
  assert.equal(root.data.organization.key, "root");
  assert.ok(me.data.viewer.subject);
  assert.equal(sent.length, 1);
});

await judge("an error with its code", async () => {
  const apollo = client(new HttpLink({ uri, headers: { authorization: "Bearer nonsense" } }));
  await assert.rejects(apollo.query({ query: ROOT }), (error) => {
    const codes = (error.errors ?? error.graphQLErrors ?? []).map(({ extensions }) => extensions.code);
    return codes.includes("UNAUTHENTICATED") || error.statusCode === 401;
  });
});
await judge("a subscription in parts", async () => {
  const apollo = client(new HttpLink({ uri, headers }));
  const CHANGED = gql`subscription { scoreChanged(department: "root") { department } }`;
  const first = new Promise((next, error) => {
    const heard = apollo.subscribe({ query: CHANGED }).subscribe({
      next: (value) => {
        next(value);
        heard.unsubscribe();
      },
      error,
    });
  });
  const { data } = await submitUntil(first);
  assert.equal(data.scoreChanged.department, "root");
});
await judge("a part that is deferred", async () => {
  const [sent, counted] = counting();
  const apollo = new ApolloClient({
    link: new HttpLink({ uri, headers, fetch: counted }),
    cache: new InMemoryCache(),
    incrementalHandler: new GraphQL17Alpha9Handler(),
  });
  const query = gql`query Later { organization { id key
    ... @defer { scorecard(period: {from: "2026-01-01", to: "2026-02-01"}) { nps { id base } } } } }`;
  const states = [];
  await new Promise((done, failed) => {
    apollo.watchQuery({ query }).subscribe({
      next: ({ data, dataState }) => {
        states.push(dataState);
        if (dataState === "complete") {
          assert.equal(data.organization.scorecard.nps.base, 0);
          done();
        }
      },
      error: failed,
    });
  });
  assert.ok(states.includes("streaming"), states.join());
  assert.equal(sent.length, 1);
});
console.log(`apollo: ${judged} of 7`);
