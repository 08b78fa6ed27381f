// Apollo Client: queries, its cache, persisted documents, batches, lists, what is live: HTTP, URL (ws://...), TOKEN in the environment.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { ApolloClient, gql, HttpLink, InMemoryCache } from "@apollo/client";
import { CombinedGraphQLErrors } from "@apollo/client/errors";
import { GraphQL17Alpha9Handler } from "@apollo/client/incremental";
import { BatchHttpLink } from "@apollo/client/link/batch-http";
import { PersistedQueryLink } from "@apollo/client/link/persisted-queries";
import { GraphQLWsLink } from "@apollo/client/link/subscriptions";
import { relayStylePagination } from "@apollo/client/utilities";
import { createClient } from "graphql-ws";
import { WebSocket } from "ws";
import { finish, isHardened, judge, leaveOut } from "../claims.js";
import { submitUntil } from "./submit.js";

const { HTTP: uri, URL: url, TOKEN: token } = process.env;
const headers = { authorization: `Bearer ${token}` };
const sha256 = (text) => createHash("sha256").update(text).digest("hex");
const ROOT = gql`query Root { organization { id key name } }`;
const ME = gql`query Me { viewer { subject } }`;
const CHANGED = gql`subscription { scoreChanged(department: "root") { department } }`;
const SURVEYS = gql`query Surveys { surveys(first: 50) { edges { node { id key title } } } }`;

function client(link, cache = new InMemoryCache()) {
  return new ApolloClient({ link, cache });
}

function counting() {
  const sent = [];
  const counted = (address, init) => {
    sent.push({ address: String(address), ...init });
    return fetch(address, init);
  };
  return [sent, counted];
}

/** The first event of a subscription, which is over then. */
function firstOf(apollo) {
  return new Promise((next, error) => {
    const heard = apollo.subscribe({ query: CHANGED }).subscribe({
      next: (value) => {
        next(value);
        heard.unsubscribe();
      },
      error,
    });
  });
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

const LEARNT = "a document is sent once and then named by its hash, by GET and by POST";
if (isHardened) {
  leaveOut(LEARNT, "a hardened platform learns no document");
  await judge("a trusted document is named by its hash alone", async () => {
    const [sent, counted] = counting();
    const link = new PersistedQueryLink({ sha256 }).concat(new HttpLink({ uri, headers, fetch: counted }));
    assert.equal((await client(link).query({ query: ROOT })).data.organization.key, "root");
    assert.equal(sent.length, 1);
    assert.ok(!sent[0].body.includes("organization"));
  });
} else
  await judge(LEARNT, async () => {
    for (const useGETForHashedQueries of [true, false]) {
      const [sent, counted] = counting();
      const query = gql(`query Hashed${useGETForHashedQueries}${Date.now()} { organization { key } }`);
      for (let time = 0; time < 2; time += 1) {
        const link = new PersistedQueryLink({ sha256, useGETForHashedQueries }).concat(
          new HttpLink({ uri, headers, fetch: counted }),
        );
        assert.equal((await client(link).query({ query })).data.organization.key, "root");
      }
      assert.equal(sent.length, 3, "named, sent, named");
      const last = decodeURIComponent(sent[2].address) + (sent[2].body ?? "");
      assert.ok(!last.includes("organization"), "the second client sent the hash alone");
      assert.equal(sent[2].method, useGETForHashedQueries ? "GET" : "POST");
    }
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
    assert.ok(CombinedGraphQLErrors.is(error) || error.statusCode === 401, String(error));
    return true;
  });
});

await judge("with errorPolicy all, what could be read beside an error", async () => {
  const apollo = client(new HttpLink({ uri, headers }));
  const query = gql`query Partly { organization { key }
    department(key: "root") { scorecard(period: {from: "2026-02-01", to: "2026-01-01"}) { nps { base } } } }`;
  const { data, error } = await apollo.query({ query, errorPolicy: "all" });
  assert.equal(data.organization.key, "root");
  assert.equal(data.department.scorecard, null);
  assert.equal(error.errors[0].extensions.code, "BAD_USER_INPUT");
  assert.deepEqual(error.errors[0].path, ["department", "scorecard"]);
});

await judge("a list page by page, joined in the cache by relayStylePagination", async () => {
  const children = relayStylePagination();
  const cache = new InMemoryCache({ typePolicies: { Department: { fields: { children } } } });
  const apollo = client(new HttpLink({ uri, headers }), cache);
  const query = gql`query Children($after: String) { organization { id
    children(first: 2, after: $after) { edges { cursor node { id key } } pageInfo { hasNextPage endCursor } } } }`;
  const list = apollo.watchQuery({ query });
  let read = await apollo.query({ query });
  for (let page = 0; page < 5 && read.data.organization.children.pageInfo.hasNextPage; page += 1) {
    const after = read.data.organization.children.pageInfo.endCursor;
    await list.fetchMore({ variables: { after } });
    read = { data: apollo.readQuery({ query }) };
  }
  const keys = read.data.organization.children.edges.map(({ node }) => node.key);
  assert.deepEqual(keys, ["child-1", "child-2", "child-3", "child-4", "child-5"]);
});

await judge("a mutation: what it answers is in every list, and what it made in the one it is put into", async () => {
  const [sent, counted] = counting();
  const apollo = client(new HttpLink({ uri, headers, fetch: counted }));
  await apollo.query({ query: SURVEYS });
  const title = `Pulse ${Date.now()}`;
  const mutation = gql`mutation Retitle($input: UpdateSurveyInput!) {
    updateSurvey(input: $input) { survey { id title } userErrors { code } } }`;
  await apollo.mutate({ mutation, variables: { input: { key: "pulse", title } } });
  const key = `apollo-${Date.now()}`;
  const made = gql`mutation Create($input: CreateSurveyInput!) {
    createSurvey(input: $input) { survey { id key title } userErrors { code } } }`;
  const questions = [{ key: "recommend", kind: "NPS", text: "How likely ..." }];
  await apollo.mutate({
    mutation: made,
    variables: { input: { key, title: "Made", questions } },
    update: (cache, { data }) =>
      cache.updateQuery({ query: SURVEYS }, ({ surveys }) => {
        const edge = { __typename: "SurveyEdge", node: data.createSurvey.survey };
        return { surveys: { ...surveys, edges: [...surveys.edges, edge] } };
      }),
  });
  const { surveys } = (await apollo.query({ query: SURVEYS })).data;
  const titles = new Map(surveys.edges.map(({ node }) => [node.key, node.title]));
  assert.equal(titles.get("pulse"), title);
  assert.equal(titles.get(key), "Made");
  assert.equal(sent.length, 3, "the list was asked for once");
});

await judge("a subscription in parts", async () => {
  const { data } = await submitUntil(firstOf(client(new HttpLink({ uri, headers }))));
  assert.equal(data.scoreChanged.department, "root");
});

await judge("a subscription over a WebSocket", async () => {
  const connectionParams = { Authorization: `Bearer ${token}` };
  const socket = createClient({ url, webSocketImpl: WebSocket, connectionParams });
  const { data } = await submitUntil(firstOf(client(new GraphQLWsLink(socket))));
  assert.equal(data.scoreChanged.department, "root");
  await socket.dispose();
});

await judge("a part that is deferred", async () => {
  const [sent, counted] = counting();
  const apollo = new ApolloClient({
    link: new HttpLink({ uri, headers, fetch: counted }),
    cache: new InMemoryCache(),
    incrementalHandler: new GraphQL17Alpha9Handler(),
  });
  const query = gql`query Later { organization { id key
    ... @defer { scorecard(period: {from: "2020-01-01", to: "2020-02-01"}) { nps { id base } } } } }`;
  const states = [];
  await new Promise((done, failed) => {
    apollo.watchQuery({ query }).subscribe({
      next: ({ data, dataState }) => {
        states.push(dataState);
        if (dataState === "complete") done(assert.equal(data.organization.scorecard.nps.base, 0));
      },
      error: failed,
    });
  });
  assert.ok(states.includes("streaming"), states.join());
  assert.equal(sent.length, 1);
});
finish();
