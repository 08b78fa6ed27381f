import { useState } from "preact/hooks";
import { Skeleton } from "~/parts/Skeleton.tsx";
import { Trouble } from "~/parts/Trouble.tsx";
import { useHere } from "~/place/place.ts";
import { usePageTitle } from "~/shell/usePageTitle.ts";
import { list, number } from "~/words/format.ts";
import { t } from "~/words/words.ts";
import { GiveRight } from "./GiveRight.tsx";
import { RightDeed } from "./RightDeed.tsx";
import { RightsTable } from "./RightsTable.tsx";
import { endsSoon, hasEnded, plain, type Right, type User } from "./rights.ts";
import { useRights } from "./useRights.ts";

/** What is being done to a right, or to who has it. */
export type Doing = { deed: "days" | "end" | "name"; right: Right };

/** Who has which right, from when to when, and giving, changing and ending them. */
export default function People() {
  const { read, again } = useRights();
  const { today } = useHere();
  const [doing, setDoing] = useState<Doing>();
  const [told, setTold] = useState("");
  usePageTitle(t("people.title"));
  if (read === undefined || read === "failed") {
    return (
      <>
        <h1 class="verdict" tabIndex={-1}>
          {t("people.title")}
        </h1>
        {read === undefined ? <Skeleton /> : <Trouble what={t("people.title")} again={again} />}
      </>
    );
  }
  const { rights, users = NOBODY } = read;
  const nameOf = (subject: string) => users.get(subject)?.name ?? plain(subject);
  const soon = rights.filter((right) => endsSoon(right, today));
  const done = (words: string) => {
    setTold(words);
    setDoing(undefined);
    again();
  };
  return (
    <>
      <h1 class="verdict" tabIndex={-1}>
        {heading(rights, today)}
      </h1>
      <p class="verdict-2">
        {soon.length > 0 &&
          `${t("people.endSoon", { names: list([...new Set(soon.map(({ subject }) => nameOf(subject)))]) })} `}
        {t("people.lede")}
      </p>
      <p role="status" class={told && "note-bar"}>
        {told}
      </p>
      {read.users === undefined && <Trouble what={t("people.theNames")} again={again} />}
      <div class="split">
        <section class="card" aria-label={t("people.title")}>
          <RightsTable rights={rights} users={users} act={setDoing} />
        </section>
        <aside class="card" aria-label={t("people.give")}>
          {doing === undefined ? (
            <GiveRight done={done} nameOf={nameOf} />
          ) : (
            <>
              <h2>{nameOf(doing.right.subject)}</h2>
              <RightDeed
                key={doing.deed + doing.right.id}
                doing={doing}
                user={users.get(doing.right.subject)}
                rights={rights}
                done={done}
                leave={() => setDoing(undefined)}
              />
            </>
          )}
        </aside>
      </div>
    </>
  );
}

const NOBODY: ReadonlyMap<string, User> = new Map();

function heading(rights: readonly Right[], today: string): string {
  const holding = rights.filter((right) => !hasEnded(right, today));
  const count = new Set(holding.map(({ subject }) => subject)).size;
  return count === 0 ? t("people.nobody") : t("people.heading", { count, shown: number(count) });
}
