import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Role } from "~/api/types.generated.ts";
import type { ShellQuery } from "./queries.generated.ts";

/** Who is signed in, and what the menus need to know of it. Services decide on rights, not this. */
export interface SignedIn {
  subject: string;
  name: string;
  roles: ReadonlySet<Role>;
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

export function signedIn(data: ShellQuery, today: string): SignedIn | undefined {
  const { viewer, organization } = data;
  if (viewer === null) return undefined;
  const grants = viewer.grants.filter(
    ({ from, to }) => (from === null || from <= today) && (to === null || today < to),
  );
  return {
    subject: viewer.subject,
    name: viewer.name ?? viewer.subject.replace(/^[a-z]+:/, ""),
    roles: new Set(grants.map((grant) => grant.role)),
    departments: viewer.departments ?? [],
    organization: organization?.name,
    timeZone: viewer.timeZone ?? "UTC",
  };
}
