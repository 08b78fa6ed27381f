import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Role } from "~/api/types.generated.ts";
import type { ShellQuery } from "./queries.generated.ts";

/** Who is signed in, and what the menus need to know of it. Services decide on rights, not this. */
export interface SignedIn {
  subject: string;
  name: string;
  roles: ReadonlySet<Role>;
  /** Roles with their departments, as texts that can be compared. */
  rights: string[];
  departments: { key: string; name: string }[];
  organization: string | undefined;
  timeZone: string;
}

export const ViewerContext = createContext<SignedIn | undefined>(undefined);

export function useViewer(): SignedIn {
  const viewer = useContext(ViewerContext);
  if (viewer === undefined) throw new Error("nobody is signed in");
  return viewer;
}

type Grants = NonNullable<ShellQuery["viewer"]>["grants"];

function inForce(grants: Grants, today: string): Grants {
  return grants.filter(
    ({ from, to }) => (from === null || from <= today) && (to === null || today < to),
  );
}

/** What holds today of what was granted: roles with their departments, each once. */
export function rightsOf(grants: Grants, today: string): string[] {
  const rights = inForce(grants, today).map(({ role, department }) => `${role} ${department}`);
  return [...new Set(rights)];
}

export function signedIn(data: ShellQuery, today: string): SignedIn | undefined {
  const { viewer, organization } = data;
  if (viewer === null) return undefined;
  return {
    subject: viewer.subject,
    name: viewer.name ?? viewer.subject.replace(/^[a-z]+:/, ""),
    roles: new Set(inForce(viewer.grants, today).map(({ role }) => role)),
    rights: rightsOf(viewer.grants, today),
    departments: viewer.departments ?? [],
    organization: organization?.name,
    timeZone: viewer.timeZone ?? "UTC",
  };
}
