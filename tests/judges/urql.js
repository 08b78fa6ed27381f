// urql with its defaults, which sends short queries by GET: HTTP, TOKEN in the environment.
import assert from "node:assert/strict";
import { pipe, scan, take, takeLast, takeWhile, toPromise } from "wonka";
import { submitUntil } from "./submit.js";
import { Client, cacheExchange, fetchExchange, gql } from "@urql/core";

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

const first = await client.query(named, { key: "root" }).toPromise();
assert.equal(first.data.department.key, "root", JSON.stringify(first));
const input = { departments: [{ key: "judged", name: "Judged", parent: "root" }] };
const changed = await client.mutation(renamed, { input }).toPromise();
assert.deepEqual(changed.data.upsertDepartments.userErrors, [], JSON.stringify(changed));
const wrong = await client.query("{ nothing }", {}).toPromise();
assert.equal(wrong.error.graphQLErrors[0].extensions.code, "GRAPHQL_VALIDATION_FAILED");
assert.deepEqual(methods, ["GET", "POST", "GET"]);
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
const CHANGED = gql`subscription { scoreChanged(department: "root") { department } }`;
const heard = await submitUntil(pipe(client.subscription(CHANGED, {}), take(1), toPromise));
assert.equal(heard.data?.scoreChanged.department, "root", JSON.stringify(heard));
console.log("urql: 5 of 5, queries by GET, a subscription by events, a part deferred");
