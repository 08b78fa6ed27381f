import { useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { useRead } from "~/api/useRead.ts";
import { Comment } from "~/parts/Comment.tsx";
import { OnePage, Pages } from "~/parts/Pages.tsx";
import type { LeadKey } from "~/parts/score/leading.ts";
import { useLead } from "~/parts/score/useLead.ts";
import { periodName } from "~/place/names.ts";
import { addressOf, usePlace } from "~/place/place.ts";
import { usePageTitle } from "~/shell/usePageTitle.ts";
import { t } from "~/words/words.ts";
import { Choose } from "./Choose.tsx";
import { type Filters, useFilters, verbatimFilter } from "./filters.ts";
import { Heading } from "./Heading.tsx";
import { CommentsDocument } from "./queries.generated.ts";

const A_PAGE = 20;

/** What customers wrote: chosen by score and place, searched, the newest first. */
export default function Comments() {
  const place = usePlace();
  const filters = useFilters();
  const { lead } = useLead();
  const { route } = useLocation();
  const [search, setSearch] = useState("");
  usePageTitle(t("comments.title"));
  const choose = (chosen: Filters) => route(addressOf("/comments", place, chosen));
  const clear = () => {
    setSearch("");
    choose({});
  };
  const isAll = search === "" && Object.keys(filters).length === 0;
  return (
    <>
      <Heading filters={filters} lead={lead} />
      <section class="card mt" aria-label={t("comments.title")}>
        <Choose filters={filters} lead={lead} choose={choose} search={search} find={setSearch} />
        <p class="small muted mt" role="status">
          {search === "" ? t("comments.newest") : t("comments.searched", { search })}{" "}
          {!isAll && (
            <button class="link" type="button" onClick={clear}>
              {t("comments.clear")}
            </button>
          )}
        </p>
        {!place.includeSubtree && <p class="small muted">{t("comments.withAllBelow")}</p>}
        <Found
          key={JSON.stringify([place.department, place.period, filters, lead, search])}
          filters={filters}
          lead={lead}
          search={search}
        />
      </section>
      <footer class="foot mt">
        <span>{t("comments.masked")}</span>
      </footer>
    </>
  );
}

interface FoundProps {
  filters: Filters;
  lead: LeadKey;
  search: string;
}

function Found(props: FoundProps) {
  return <Pages page={(page) => <FoundPage {...props} {...page} />} />;
}

interface FoundPageProps extends FoundProps {
  after: string | null;
  more?: ((after: string) => void) | undefined;
}

function FoundPage({ filters, lead, search, after, more }: FoundPageProps) {
  const { department, period } = usePlace();
  const [{ data, fetching }, again] = useRead({
    query: CommentsDocument,
    variables: {
      key: department,
      period,
      first: A_PAGE,
      after,
      filter: verbatimFilter(filters, lead, search),
    },
  });
  const found = data?.department?.verbatims;
  return (
    <OnePage
      after={after}
      more={more}
      what={t("comments.what")}
      read={{
        fetching,
        page: found && {
          ...found,
          items: found.edges.map(({ node }) => (
            <Comment key={`${node.response} ${node.question}`} comment={node} search={search} />
          )),
        },
      }}
      again={() => again({ requestPolicy: "network-only" })}
      empty={<p class="few mt">{nothing(filters, search, periodName(period))}</p>}
    />
  );
}

/** What was searched, in what period, and how to widen it. */
function nothing(filters: Filters, search: string, period: string): string {
  if (search !== "") return t("comments.noneSearched", { search, period });
  return Object.keys(filters).length > 0
    ? t("comments.noneChosen", { period })
    : t("comments.none", { period });
}
