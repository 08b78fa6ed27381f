// The audits of GraphQL over HTTP by the reference implementation, against a running platform: HTTP, TOKEN in the environment.
import { auditServer } from "graphql-http";
import { finish, tell } from "../claims.js";

const { HTTP: url, TOKEN: token } = process.env;

const results = await auditServer({
  url,
  fetchFn: (address, init = {}) =>
    fetch(address, { ...init, headers: { ...init.headers, authorization: `Bearer ${token}` } }),
});
for (const { name, status, reason } of results)
  tell(name, status === "ok" ? null : new Error(`${status}: ${reason}`));
finish();
