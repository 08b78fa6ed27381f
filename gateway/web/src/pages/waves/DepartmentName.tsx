import { useRead } from "~/api/useRead.ts";
import { Said } from "~/parts/Said.tsx";
import { AskedDepartmentDocument } from "./queries.generated.ts";

/** What a department is called; its key until that is known. */
export function DepartmentName({ of }: { of: string }) {
  const [{ data }] = useRead({ query: AskedDepartmentDocument, variables: { key: of } });
  return <Said text={data?.department?.name ?? of} />;
}

/** Several of them. */
export function DepartmentNames({ of }: { of: readonly string[] }) {
  return (
    <>
      {of.map((key, at) => (
        <span key={key}>
          {at > 0 && ", "}
          <DepartmentName of={key} />
        </span>
      ))}
    </>
  );
}
