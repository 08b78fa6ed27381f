// A small app on Relay's own hooks: a page of a department, its lists, its changes. HTTP, TOKEN in the environment.
import assert from "node:assert/strict";
import { createClient } from "graphql-sse";
import { createElement as h, Suspense } from "react";
import {
  RelayEnvironmentProvider,
  useLazyLoadQuery,
  useMutation,
  usePaginationFragment,
  useRefetchableFragment,
  useSubscription,
} from "react-relay";
import { act, create } from "react-test-renderer";
import { Environment, fetchQuery, Network, Observable, RecordSource, Store } from "relay-runtime";
import { finish, judge } from "../claims.js";
import { submitUntil } from "../clients/submit.js";
import ChangedSubscription from "./__generated__/queriesChangedSubscription.graphql.js";
import ChildrenFragment from "./__generated__/queriesChildrenFragment.graphql.js";
import CreateMutation from "./__generated__/queriesCreateMutation.graphql.js";
import DepartmentQuery from "./__generated__/queriesDepartmentQuery.graphql.js";
import NameFragment from "./__generated__/queriesNameFragment.graphql.js";
import NodeQuery from "./__generated__/queriesNodeQuery.graphql.js";
import RetitleMutation from "./__generated__/queriesRetitleMutation.graphql.js";
import SurveysQuery from "./__generated__/queriesSurveysQuery.graphql.js";

globalThis.IS_REACT_ACT_ENVIRONMENT = true;
const { HTTP: url, TOKEN: token } = process.env;
const headers = { authorization: `Bearer ${token}` };
const streams = createClient({ url, headers, retryAttempts: 0 });
const asked = [];

async function ask({ name, text: query }, variables) {
  asked.push(name);
  const reply = await fetch(url, {
    method: "POST",
    headers: { ...headers, "content-type": "application/json" },
    body: JSON.stringify({ query, variables }),
  });
  return reply.json();
}

const hear = ({ text: query }, variables) =>
  Observable.create((sink) => streams.subscribe({ query, variables }, sink));
const environment = new Environment({
  network: Network.create(ask, hear),
  store: new Store(new RecordSource()),
});

/** A component on the page until its test is over; `shown` is what it last returned, null while it waits. */
async function show(component, test) {
  const page = { shown: null };
  function Shown() {
    page.shown = component();
    return null;
  }
  let root;
  await act(async () => {
    root = create(
      h(RelayEnvironmentProvider, { environment }, h(Suspense, { fallback: null }, h(Shown))),
    );
  });
  const until = async (claim) => {
    for (let turn = 0; turn < 200 && !(page.shown && claim(page.shown)); turn += 1)
      await act(() => new Promise((done) => setTimeout(done, 25)));
    assert.ok(page.shown && claim(page.shown), JSON.stringify(page.shown));
    return page.shown;
  };
  await test(until);
  await act(async () => root.unmount());
}

const department = () => useLazyLoadQuery(DepartmentQuery, { key: "root" }).department;
const keys = ({ edges }) => edges.map(({ node }) => node.key);

let rootId = "";
await judge("a page is read in one request", () =>
  show(department, async (until) => {
    rootId = (await until((found) => found.id)).id;
    assert.deepEqual(asked, ["queriesDepartmentQuery"]);
  }));

await judge("what is in the store is not asked for again", () =>
  show(
    () => useLazyLoadQuery(DepartmentQuery, { key: "root" }, { fetchPolicy: "store-only" }),
    async (until) => {
      await until(({ department }) => department.id === rootId);
      assert.equal(asked.length, 1);
    },
  ));

await judge("an object is read again by its global id", () =>
  show(
    () => useRefetchableFragment(NameFragment, department()),
    async (until) => {
      const [, refetch] = await until(([{ key }]) => key === "root");
      await act(async () => {
        refetch({}, { fetchPolicy: "network-only" });
      });
      await until(([{ key }]) => key === "root" && asked.includes("queriesNameQuery"));
    },
  ));

await judge("a list is read page by page, to its end", () =>
  show(
    () => usePaginationFragment(ChildrenFragment, department()),
    async (until) => {
      let list = await until(({ data }) => data.children.edges.length === 2);
      for (const length of [4, 5]) {
        assert.ok(list.hasNext);
        await act(async () => {
          list.loadNext(2);
        });
        list = await until(({ data }) => data.children.edges.length === length);
      }
      assert.ok(!list.hasNext);
      assert.deepEqual(keys(list.data.children), ["child-1", "child-2", "child-3", "child-4", "child-5"]);
    },
  ));

await judge("node: of two types, and of an id that names nothing", async () => {
  const node = (id) => fetchQuery(environment, NodeQuery, { id }).toPromise();
  assert.equal((await node(rootId)).node.department.key, "root");
  const { surveys } = await fetchQuery(environment, SurveysQuery, {}).toPromise();
  const { survey } = (await node(surveys.edges[0].node.id)).node;
  assert.equal(survey.key, surveys.edges[0].node.key);
  const absent = Buffer.from("Survey:00000000-0000-0000-0000-000000000000").toString("base64");
  assert.equal((await node(absent)).node, null);
});

await judge("a mutation changes what is shown, and adds to a list", () =>
  show(
    () => ({
      list: useLazyLoadQuery(SurveysQuery, {}).surveys,
      retitle: useMutation(RetitleMutation)[0],
      create: useMutation(CreateMutation)[0],
    }),
    async (until) => {
      const { list, retitle, create } = await until(({ list }) => keys(list).includes("pulse"));
      const title = `Pulse of ${Date.now()}`;
      await act(async () => {
        retitle({ variables: { input: { key: "pulse", title } } });
      });
      await until(({ list }) => list.edges.some(({ node }) => node.title === title));
      const input = {
        key: `relay-${Date.now()}`,
        title: "Relay",
        questions: [{ key: "recommend", kind: "NPS", text: "How likely ..." }],
      };
      await act(async () => {
        create({ variables: { input, lists: [list.__id] } });
      });
      await until(({ list }) => keys(list).includes(input.key));
    },
  ));

await judge("a subscription is heard", async () => {
  const heard = Promise.withResolvers();
  const config = {
    subscription: ChangedSubscription,
    variables: { department: "root" },
    onNext: heard.resolve,
    onError: heard.reject,
  };
  await show(
    () => useSubscription(config) ?? "listening",
    async () => {
      const { scoreChanged } = await submitUntil(heard.promise);
      assert.equal(scoreChanged.department, "root");
    },
  );
});
streams.dispose();
finish();
