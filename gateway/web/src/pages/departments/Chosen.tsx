import { useEffect, useState } from "preact/hooks";
import { useRead } from "~/api/useRead.ts";
import { Skeleton } from "~/parts/Skeleton.tsx";
import { Trouble } from "~/parts/Trouble.tsx";
import { t } from "~/words/words.ts";
import { Deeds } from "./Deeds.tsx";
import { Facts } from "./Facts.tsx";
import { ChosenDepartmentDocument, type ChosenDepartmentQuery } from "./queries.generated.ts";
import { Touchpoints } from "./Touchpoints.tsx";

export type Department = NonNullable<ChosenDepartmentQuery["department"]>;

/** What a form of a page is told: the department it is about, and what to do when it is done or left. */
export interface FormProps {
  department: Department;
  done: (sentence: string) => void;
  leave: () => void;
}

interface Props {
  of: string;
  tellAbove: (keys: string[]) => void;
  changed: () => void;
}

/** One department: what it is, what can be done to it, and its touchpoints. */
export function Chosen({ of, tellAbove, changed }: Props) {
  const [{ data, error }, again] = useRead({
    query: ChosenDepartmentDocument,
    variables: { key: of },
  });
  const [said, setSaid] = useState("");
  const [isOpen, setOpen] = useState(false);
  const read = () => again({ requestPolicy: "network-only" });
  const above = data?.department?.ancestors?.map(({ key }) => key).join("\n");
  // biome-ignore lint/correctness/useExhaustiveDependencies: told when what is above has changed
  useEffect(() => {
    if (above) tellAbove(above.split("\n"));
  }, [above]);
  if (data === undefined) {
    if (error === undefined) return <Skeleton />;
    return <Trouble what={t("shell.department")} again={read} />;
  }
  const { department } = data;
  if (department === null) return <p class="card">{t("shell.notYours")}</p>;
  const done = (sentence: string) => {
    setSaid(sentence);
    changed();
    read();
  };
  return (
    <div class="stack">
      <section class="card" aria-labelledby="h-chosen">
        <h2 id="h-chosen">{department.name}</h2>
        <p class="small" role="status">
          {said}
        </p>
        <Facts department={department} />
        <Deeds department={department} done={done} open={setOpen} />
      </section>
      <Touchpoints department={department} done={setSaid} isOther={isOpen} />
    </div>
  );
}
