import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { day } from "~/words/format.ts";
import { t } from "~/words/words.ts";
import { Skeleton } from "./Skeleton.tsx";
import { Trouble } from "./Trouble.tsx";

interface Page {
  after: string | null;
  /** Of the last page that was asked for: asks for the next. */
  more?: ((after: string) => void) | undefined;
}

/** A list that grows by a page when one asks for more. Give it a `key` of what is listed. */
export function Pages({ page }: { page: (page: Page) => ComponentChildren }) {
  const [afters, setAfters] = useState<(string | null)[]>([null]);
  const last = afters.length - 1;
  return (
    <>
      {afters.map((after, at) => (
        <div key={after}>
          {page({
            after,
            more: at === last ? (next) => setAfters([...afters, next]) : undefined,
          })}
        </div>
      ))}
    </>
  );
}

interface OnePageProps extends Page {
  /** What is listed, as "Could not be loaded" calls it. */
  what: string;
  read: {
    fetching: boolean;
    page:
      | {
          lookedBackTo: string | null;
          pageInfo: { hasNextPage: boolean; endCursor: string | null };
          items: ComponentChildren[];
        }
      | null
      | undefined;
  };
  again: () => void;
  /** Where all there is, is nothing. */
  empty: ComponentChildren;
}

/** One page of a list: what it has, what stands behind it, or why it is not here. */
export function OnePage({ after, more, what, read, again, empty }: OnePageProps) {
  const list = useRef<HTMLUListElement>(null);
  const { page, fetching } = read;
  const isThere = page != null;
  useEffect(() => {
    if (isThere && after !== null) list.current?.focus();
  }, [isThere, after]);
  if (page == null) return fetching ? <Skeleton /> : <Trouble what={what} again={again} />;
  const { endCursor, hasNextPage } = page.pageInfo;
  if (page.items.length === 0 && !hasNextPage && after === null) return <>{empty}</>;
  return (
    <>
      <ul class="quotes" ref={list} tabIndex={-1}>
        {page.items}
      </ul>
      {more && hasNextPage && endCursor !== null && (
        <p class="chart-f">
          {page.lookedBackTo !== null && (
            <span>{t("parts.lookedBackTo", { day: day(page.lookedBackTo, { year: true }) })}</span>
          )}
          <button class="btn" type="button" onClick={() => more(endCursor)}>
            {t("parts.more")}
          </button>
        </p>
      )}
    </>
  );
}
