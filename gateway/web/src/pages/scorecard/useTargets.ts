import { useLiveRead } from "~/api/useLive.ts";
import { usePlace } from "~/place/place.ts";
import { TargetsDocument, type TargetsQuery } from "./queries.generated.ts";

export type Target = NonNullable<NonNullable<TargetsQuery["department"]>["targets"]>[number];

/** The targets of the department with all under it; read by themselves, so that scores never wait for them. */
export function useTargets(): Target[] {
  const { department, period, tree, includeSubtree } = usePlace();
  const [{ data }] = useLiveRead({
    query: TargetsDocument,
    variables: { key: department, period, tree },
    pause: !includeSubtree,
  });
  return data?.department?.targets ?? [];
}

/** The target of a metric; undefined for none. */
export function useTarget(metric: string): Target | undefined {
  return useTargets().find((target) => target.metric.key === metric);
}
