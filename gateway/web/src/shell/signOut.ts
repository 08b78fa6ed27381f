import { MARKER } from "~/api/marker.ts";
import { socket } from "~/api/socket.ts";

/** Where one stands after signing out; signing in leads home from there. */
export const SIGNED_OUT = "/signed-out";

/** Ends the session here, and at the identity provider where there is one; false where no answer says that it has ended. */
export async function signOut(): Promise<boolean> {
  try {
    const answer = await fetch("/signout", {
      method: "POST",
      headers: MARKER,
      credentials: "same-origin",
    });
    if (!answer.ok) return false;
    socket.terminate();
    const { goTo } = (await answer.json()) as { goTo: unknown };
    location.assign(typeof goTo === "string" && goTo !== "/" ? goTo : SIGNED_OUT);
    return true;
  } catch {
    return false;
  }
}
