// urql with its defaults, which sends short queries by GET: HTTP, TOKEN in the environment.
import assert from "node:assert/strict";
import { Client, cacheExchange, fetchExchange, gql } from "@urql/core";
import { pipe, scan, take, takeLast, takeWhile, toPromise } from "wonka";
import { finish, isHardened, judge } from "../claims.js";
import { submitUntil } from "./submit.js";

const { HTTP: url, TOKEN: token } = process.env;
// urql leaves what it has aborted itself to nobody.
process.on("unhandledRejection", (error) => {
  if (error.name !== "AbortError") throw error;
});
const methods = [];
const client = new Client({
  url,
  exchanges: [cacheExchange, fetchExchange],
  preferGetMethod: true,
  fetchSubscriptions: true,
  fetchOptions: { headers: { authorization: `Bearer ${token}` } },
  fetch: (address, init) => {
    methods.push(init.method);
    return fetch(address, init);
  },
});

const named = gql`query Named($key: String!) { department(key: $key) { key name } }`;
const renamed = gql`mutation Renamed($input: UpsertDepartmentsInput!) {
  upsertDepartments(input: $input) { userErrors { code } } }`;

await judge("a query by GET", async () => {
  const first = await client.query(named, { key: "root" }).toPromise();
  assert.equal(first.data.department.key, "root", JSON.stringify(first));
  assert.equal(methods.pop(), "GET");
});
await judge("a mutation by POST", async () => {
  const input = { departments: [{ key: "child-1", name: "Child 1", parent: "root" }] };
  const changed = await client.mutation(renamed, { input }).toPromise();
  assert.deepEqual(changed.data.upsertDepartments.userErrors, [], JSON.stringify(changed));
  assert.equal(methods.pop(), "POST");
});
await judge("an error with its code", async () => {
  const wrong = await client.query("{ nothing }", {}).toPromise();
  const code = isHardened ? "DOCUMENT_NOT_TRUSTED" : "GRAPHQL_VALIDATION_FAILED";
  assert.equal(wrong.error.graphQLErrors[0].extensions.code, code);
});
await judge("a part that is deferred", async () => {
  const later = gql`query Later { organization { key
    ... @defer { scorecard(period: {from: "2026-01-01", to: "2026-02-01"}) { nps { base } } } } }`;
  const parts = await pipe(
    client.query(later, {}, { preferGetMethod: false }),
    takeWhile(({ hasNext }) => hasNext, true),
    scan((all, part) => [...all, part], []),
    takeLast(1),
    toPromise,
  );
  assert.ok(parts[0].hasNext && !parts[0].data.organization.scorecard, JSON.stringify(parts[0]));
  assert.ok(parts.at(-1).data.organization.scorecard.nps, JSON.stringify(parts.at(-1)));
});
await judge("a subscription by events", async () => {
  const CHANGED = gql`subscription { scoreChanged(department: "root") { department } }`;
  const heard = await submitUntil(pipe(client.subscription(CHANGED, {}), take(1), toPromise));
  assert.equal(heard.data?.scoreChanged.department, "root", JSON.stringify(heard));
});
finish();
