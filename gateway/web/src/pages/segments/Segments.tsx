import { useState } from "preact/hooks";
import { useRead } from "~/api/useRead.ts";
import { Skeleton } from "~/parts/Skeleton.tsx";
import { Trouble } from "~/parts/Trouble.tsx";
import { usePageTitle } from "~/shell/usePageTitle.ts";
import { t } from "~/words/words.ts";
import { SegmentsDocument } from "./queries.generated.ts";
import { Segment } from "./Segment.tsx";
import { SegmentForm } from "./SegmentForm.tsx";

/** Groups of customers by rules, with how many they have now. */
export default function Segments() {
  const [{ data, error, fetching }, again] = useRead({
    query: SegmentsDocument,
    variables: {},
    requestPolicy: "network-only",
  });
  const [isNew, setNew] = useState(false);
  const [told, setTold] = useState("");
  usePageTitle(t("segments.title"));
  const read = () => again({ requestPolicy: "network-only" });
  const done = (words: string) => {
    setTold(words);
    setNew(false);
    read();
  };
  const segments = data?.segments;
  const names = data?.ruleNames ?? [];
  return (
    <>
      <h1 class="verdict" tabIndex={-1}>
        {t("segments.title")}
      </h1>
      <p class="verdict-2">{t("segments.lede")}</p>
      <p role="status" class={told && "note-bar"}>
        {told}
      </p>
      <section class="card mt" aria-label={t("segments.add")}>
        {isNew ? (
          <SegmentForm names={names} done={done} leave={() => setNew(false)} />
        ) : (
          <div class="acts">
            <button class="btn primary" type="button" onClick={() => setNew(true)}>
              {t("segments.add")}
            </button>
          </div>
        )}
        {segments?.length === 0 && !isNew && <p class="lede mt">{t("segments.none")}</p>}
      </section>
      {segments == null ? (
        fetching ? (
          <Skeleton lines={4} />
        ) : (
          <Trouble what={t("segments.title")} again={read} />
        )
      ) : (
        <div class="stack mt">
          {segments.map((segment) => (
            <Segment key={segment.key} segment={segment} names={names} done={done} />
          ))}
        </div>
      )}
      {error !== undefined && segments != null && (
        <Trouble what={t("segments.title")} again={read} />
      )}
    </>
  );
}
