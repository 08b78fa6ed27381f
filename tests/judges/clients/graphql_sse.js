// The reference client of GraphQL over Server-Sent Events against a running platform: HTTP, TOKEN in the environment.
import assert from "node:assert/strict";
import { createClient } from "graphql-sse";
import { finish, judge } from "../claims.js";
import { submitUntil } from "./submit.js";

const { HTTP: url, TOKEN: token } = process.env;
const ME = "{ viewer { subject } }";
const CHANGED = 'subscription { scoreChanged(department: "root") { department metrics at } }';
const client = createClient({
  url,
  headers: { authorization: `Bearer ${token}` },
  retryAttempts: 0,
});

await judge("a query is answered and completed", async () => {
  const answers = client.iterate({ query: ME });
  const { value } = await answers.next();
  assert.ok(value.data.viewer.subject, JSON.stringify(value));
  assert.equal((await answers.next()).done, true);
});
await judge("a subscription hears a response", async () => {
  const events = client.iterate({ query: CHANGED });
  const heard = await submitUntil(events.next());
  assert.equal(heard.value.data.scoreChanged.department, "root", JSON.stringify(heard));
  await events.return();
});
await judge("a token that does not hold is refused", async () => {
  const refused = createClient({ url, headers: { authorization: "Bearer no" }, retryAttempts: 0 });
  await assert.rejects(refused.iterate({ query: ME }).next());
});
client.dispose();
finish();
