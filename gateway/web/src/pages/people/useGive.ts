import type { GrantInput } from "~/api/types.generated.ts";
import { refusalsOf, useDeed } from "~/parts/useDeed.ts";
import { addDays } from "~/place/days.ts";
import type { RightDays } from "./Days.tsx";
import { GiveRightDocument } from "./queries.generated.ts";

type Known = Pick<GrantInput, "subject" | "role" | "department">;

/** Gives a right, or other days to a known one; says whether it was done. */
export function useGive() {
  const { perform, refusals, isBusy } = useDeed(GiveRightDocument, (data) =>
    refusalsOf(data.upsertGrants),
  );
  const give = async (known: Known, { from, last }: RightDays) => {
    if (from !== "" && last !== "" && last < from) return false;
    const days = { from: from || null, to: last === "" ? null : addDays(last, 1) };
    return (await perform({ grant: { ...known, ...days } })) !== undefined;
  };
  return { give, refusals, isBusy };
}
