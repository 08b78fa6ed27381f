import type { Role } from "~/api/types.generated.ts";

/** Every role that can be given, in the order of menus. */
export const ROLES: readonly Role[] = [
  "DEPARTMENT_HEAD",
  "ANALYST",
  "INTEGRATION",
  "OPERATOR",
  "PRIVACY_OFFICER",
  "ADMIN",
];
