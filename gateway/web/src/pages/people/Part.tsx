import { useRead } from "~/api/useRead.ts";
import { t } from "~/words/words.ts";
import { CalledDepartmentDocument } from "./queries.generated.ts";

/** What a department is called; the whole organisation for null. */
export function usePart(key: string | null): string {
  const [{ data }] = useRead({
    query: CalledDepartmentDocument,
    variables: { key: key ?? "" },
    pause: key === null,
  });
  return key === null ? t("people.whole") : (data?.department?.name ?? key);
}

export function Part({ of }: { of: string | null }) {
  return <>{usePart(of)}</>;
}
