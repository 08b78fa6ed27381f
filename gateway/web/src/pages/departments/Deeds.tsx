import { useState } from "preact/hooks";
import { useViewer } from "~/shell/viewer.ts";
import { t } from "~/words/words.ts";
import { AddDepartment } from "./AddDepartment.tsx";
import type { Department } from "./Chosen.tsx";
import { CloseDepartment } from "./CloseDepartment.tsx";
import { MoveDepartment } from "./MoveDepartment.tsx";
import { Rename } from "./Rename.tsx";
import { Reopen } from "./Reopen.tsx";

const FORMS = {
  add: AddDepartment,
  rename: Rename,
  move: MoveDepartment,
  close: CloseDepartment,
  reopen: Reopen,
} as const;

type Deed = keyof typeof FORMS;

interface Props {
  department: Department;
  done: (sentence: string) => void;
  /** Whether a form of the department is open, whose button is then the page's main one. */
  open: (isOpen: boolean) => void;
}

/** What can be done to a department, one form at a time. Moving and closing are an admin's. */
export function Deeds({ department, done, open }: Props) {
  const isAdmin = useViewer().roles.has("ADMIN");
  const [deed, setDeed] = useState<Deed>();
  const begin = (next: Deed | undefined) => {
    setDeed(next);
    open(next !== undefined);
  };
  if (deed !== undefined) {
    const Form = FORMS[deed];
    const finish = (sentence: string) => {
      begin(undefined);
      done(sentence);
    };
    return <Form department={department} done={finish} leave={() => begin(undefined)} />;
  }
  const isClosed = department.closedFrom !== null;
  const deeds: Deed[] = [
    ...(isClosed ? [] : (["add"] as const)),
    "rename",
    ...(isAdmin && department.parent !== null ? ownerDeeds(isClosed) : []),
  ];
  return (
    <div class="acts">
      {deeds.map((one) => (
        <button
          key={one}
          class={one === "add" ? "btn primary" : "btn"}
          type="button"
          onClick={() => begin(one)}
        >
          {t(`departments.do_${one}`)}
        </button>
      ))}
    </div>
  );
}

function ownerDeeds(isClosed: boolean): Deed[] {
  return isClosed ? ["reopen"] : ["move", "close"];
}
