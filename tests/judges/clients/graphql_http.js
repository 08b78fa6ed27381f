// The audits of GraphQL over HTTP by the reference implementation, against a running platform: HTTP, TOKEN in the environment.
import { auditServer } from "graphql-http";
import { finish, isHardened, leaveOut, tell } from "../claims.js";

const { HTTP: url, TOKEN: token } = process.env;
const OF_A_TYPE = /allow (map|URL-encoded JSON string) \{variables\}/;

const results = await auditServer({
  url,
  fetchFn: (address, init = {}) =>
    fetch(address, { ...init, headers: { ...init.headers, authorization: `Bearer ${token}` } }),
});
for (const { name, status, reason } of results) {
  if (isHardened && OF_A_TYPE.test(name)) leaveOut(name, "it asks for a type, and a hardened platform tells no schema");
  else tell(name, status === "ok" ? null : new Error(`${status}: ${reason}`));
}
finish();
