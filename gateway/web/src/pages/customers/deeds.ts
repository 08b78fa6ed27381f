import type { Role } from "~/api/types.generated.ts";

type Roles = ReadonlySet<Role>;

/** Whether somebody may find customers by their number, join them and settle what was refused. */
export function mayLink(roles: Roles): boolean {
  return roles.has("ADMIN") || roles.has("ANALYST");
}

/** Whether somebody may take customers apart. */
export function mayUnlink(roles: Roles): boolean {
  return mayLink(roles) || roles.has("PRIVACY_OFFICER");
}

/** Whether somebody may ask that a customer is erased. */
export function mayErase(roles: Roles): boolean {
  return roles.has("ADMIN") || roles.has("PRIVACY_OFFICER");
}

/** Whether somebody may see who a customer is. */
export function mayReveal(roles: Roles): boolean {
  return roles.has("ADMIN") || roles.has("PRIVACY_OFFICER");
}
