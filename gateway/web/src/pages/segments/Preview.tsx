import { useMutation } from "@urql/preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { number } from "~/words/format.ts";
import { t } from "~/words/words.ts";
import { MemberList } from "./Members.tsx";
import { PreviewSegmentDocument, type PreviewSegmentMutation } from "./queries.generated.ts";

type Tried = PreviewSegmentMutation["previewSegment"];
const PAUSE_MS = 400;

interface Props {
  rule: string;
  /** Key of the segment that is to get the rule; null: a new one. */
  segment: string | null;
}

/** Whom the rule would hold of, tried when the writer pauses; or what is wrong with it. */
export function Preview({ rule, segment }: Props) {
  const [, run] = useMutation(PreviewSegmentDocument);
  const [tried, setTried] = useState<Tried>();
  const turn = useRef(0);
  useEffect(() => {
    turn.current += 1;
    const mine = turn.current;
    if (rule.trim() === "") {
      setTried(undefined);
      return;
    }
    const timer = setTimeout(async () => {
      const { data } = await run({ input: { rule, key: segment } });
      if (mine === turn.current) setTried(data?.previewSegment);
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [rule, segment, run]);
  return (
    <div role="status" class="mt">
      {tried?.issue && <Issue rule={rule} issue={tried.issue} />}
      {tried?.count != null && (
        <>
          <p>{t("segments.count", { count: tried.count, shown: number(tried.count) })}</p>
          {tried.count > 0 && <MemberList members={tried.members} />}
        </>
      )}
    </div>
  );
}

/** The message of the API, and the place that is meant. */
function Issue({ rule, issue }: { rule: string; issue: NonNullable<Tried["issue"]> }) {
  const signs = [...rule];
  const meant = signs.slice(issue.start, issue.end).join("");
  return (
    <>
      <p class="wrong">{issue.message}</p>
      {meant !== "" && (
        <p class="rule">
          <code>
            {signs.slice(0, issue.start).join("")}
            <mark>{meant}</mark>
            {signs.slice(issue.end).join("")}
          </code>
        </p>
      )}
    </>
  );
}
