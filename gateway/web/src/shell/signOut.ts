import { MARKER } from "~/api/client.ts";

/** Ends the session here, and at the identity provider where there is one. */
export async function signOut(): Promise<void> {
  const answer = await fetch("/signout", {
    method: "POST",
    headers: MARKER,
    credentials: "same-origin",
  });
  const goTo: unknown = answer.ok ? (await answer.json()).goTo : null;
  location.assign(typeof goTo === "string" ? goTo : "/");
}
