import { useLiveRead } from "~/api/useLive.ts";
import { usePlace } from "~/place/place.ts";
import { type AlertShownFragment, OpenAlertsDocument } from "./queries.generated.ts";

interface Alerts {
  /** Open ones that something is still to be done about; what nobody has seen comes first, and the department's own. */
  alerts: AlertShownFragment[];
  isFailed: boolean;
  again: () => void;
}

/** Of the department and all under it; read by themselves, so that scores never wait for them. */
export function useAlerts(): Alerts {
  const { department, includeSubtree } = usePlace();
  const [{ data, error }, again] = useLiveRead({
    query: OpenAlertsDocument,
    variables: { key: department },
    pause: !includeSubtree,
  });
  const open = data?.department?.alerts?.edges.map(({ node }) => node) ?? [];
  return {
    alerts: inOrder(includeSubtree ? open : [], department),
    isFailed: error !== undefined,
    again: () => again({ requestPolicy: "network-only" }),
  };
}

/** Without those that nothing is done about. */
export function inOrder(
  open: readonly AlertShownFragment[],
  department: string,
): AlertShownFragment[] {
  const isOwn = (alert: AlertShownFragment) => alert.department.key === department;
  const isNew = (alert: AlertShownFragment) => alert.acknowledgement === null;
  return open
    .filter(({ acknowledgement }) => acknowledgement?.action !== "NO_ACTION")
    .toSorted(
      (one, other) =>
        Number(isNew(other)) - Number(isNew(one)) || Number(isOwn(other)) - Number(isOwn(one)),
    );
}
