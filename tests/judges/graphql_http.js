// The audits of GraphQL over HTTP by the reference implementation, against a running platform: HTTP, TOKEN in the environment.
import { auditServer } from "graphql-http";

const { HTTP: url, TOKEN: token } = process.env;

const results = await auditServer({
  url,
  fetchFn: (address, init = {}) =>
    fetch(address, { ...init, headers: { ...init.headers, authorization: `Bearer ${token}` } }),
});
const passed = results.filter(({ status }) => status === "ok");
for (const { name, status, reason } of results)
  if (status !== "ok") console.log(`${status}: ${name}: ${reason}`);
console.log(`graphql-http: ${passed.length} of ${results.length} audits`);
process.exit(results.length - passed.length);
