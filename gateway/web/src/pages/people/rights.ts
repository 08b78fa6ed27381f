import type { Role } from "~/api/types.generated.ts";
import { addDays } from "~/place/days.ts";
import type { GrantsQuery, UsersQuery } from "./queries.generated.ts";

export type Right = NonNullable<GrantsQuery["grants"]>["edges"][number]["node"];
export type User = NonNullable<UsersQuery["users"]>["edges"][number]["node"];

const SOON_DAYS = 7;

/** Whether a right holds no more; `today` is a local day. */
export function hasEnded({ to }: Pick<Right, "to">, today: string): boolean {
  return to !== null && to <= today;
}

/** Whether it holds today and no more a week from now. */
export function endsSoon(right: Pick<Right, "from" | "to">, today: string): boolean {
  if (right.to === null || hasEnded(right, today)) return false;
  return right.to <= addDays(today, SOON_DAYS);
}

/** Whether nobody may give rights from today on without this one. */
export function isLastAdmin(right: Right, rights: readonly Right[], today: string): boolean {
  const gives = ({ role, department, from, to }: Right) =>
    role === "ADMIN" &&
    department === null &&
    (from === null || from <= today) &&
    !hasEnded({ to }, today);
  return gives(right) && !rights.some((other) => other.id !== right.id && gives(other));
}

/** Roles that see what is in a department. */
const SEEING: readonly Role[] = ["ADMIN", "ANALYST", "DEPARTMENT_HEAD"];

/**
 * Whether a searched word is in the account, the name or the department of a right, or the right sees a department that has it.
 * `covering`: keys of the departments that have the word, and of all above them.
 */
export function fits(
  right: Right,
  name: string | undefined,
  word: string,
  covering: ReadonlySet<string> = new Set(),
): boolean {
  const wanted = word.trim().toLowerCase();
  if ([right.subject, name, right.department].some((text) => text?.toLowerCase().includes(wanted)))
    return true;
  if (covering.size === 0 || !SEEING.includes(right.role)) return false;
  return right.department === null || covering.has(right.department);
}

/** An account as people are called: without what says whose account it is. */
export function plain(subject: string): string {
  return subject.replace(/^[a-z]+:/, "");
}
