import { useRead } from "~/api/useRead.ts";
import { FindWords } from "~/parts/FindWords.tsx";
import { languageName } from "~/parts/languageTag.ts";
import type { LeadKey } from "~/parts/score/leading.ts";
import { stageName } from "~/parts/stages.ts";
import { Trouble } from "~/parts/Trouble.tsx";
import { usePlace } from "~/place/place.ts";
import { t } from "~/words/words.ts";
import { CUTS, type Cut, type Filters, GROUPS, nameOf } from "./filters.ts";
import { CommentFiltersDocument, type CommentFiltersQuery } from "./queries.generated.ts";

interface Props {
  filters: Filters;
  /** The measure that says who is unhappy. */
  lead: LeadKey;
  choose: (filters: Filters) => void;
  search: string;
  find: (search: string) => void;
}

/** Which comments are shown: words, score, and where they come from. */
export function Choose({ filters, lead, choose, search, find }: Props) {
  return (
    <FindWords
      id="comments-words"
      label={t("comments.search")}
      search={search}
      find={find}
      beside={<Groups filters={filters} lead={lead} choose={choose} />}
    >
      <Cuts filters={filters} lead={lead} choose={choose} />
    </FindWords>
  );
}

type Choosing = Pick<Props, "filters" | "lead" | "choose">;

function Groups({ filters: { score, ...others }, lead, choose }: Choosing) {
  return GROUPS.map((group) => (
    <button
      key={group}
      class="btn"
      type="button"
      aria-pressed={group === score}
      onClick={() => choose(group === score ? others : { ...others, score: group })}
    >
      {nameOf(group, lead)}
    </button>
  ));
}

interface Option {
  key: string;
  name: string;
}

function Cuts({ filters, lead, choose }: Choosing) {
  const { department, period, tree } = usePlace();
  const [{ data, error, fetching }, again] = useRead({
    query: CommentFiltersDocument,
    variables: { key: department, period, tree, lead },
  });
  const options = optionsOf(data?.department ?? null);
  return (
    <fieldset class="cuts">
      {!fetching && (error !== undefined || data?.department == null) && (
        <Trouble
          what={t("comments.theFilters")}
          again={() => again({ requestPolicy: "network-only" })}
        />
      )}
      <legend class="vh">{t("comments.filters")}</legend>
      {CUTS.map((cut) => (
        <Select
          key={cut}
          cut={cut}
          chosen={filters[cut] ?? ""}
          options={options[cut]}
          choose={(key) => {
            const { [cut]: _, ...others } = filters;
            choose(key === "" ? others : { ...others, [cut]: key });
          }}
        />
      ))}
    </fieldset>
  );
}

interface SelectProps {
  cut: Cut;
  chosen: string;
  options: Option[];
  choose: (key: string) => void;
}

/** One choice; what stands in the address and is not known is shown by its key. */
function Select({ cut, chosen, options, choose }: SelectProps) {
  const isKnown = chosen === "" || options.some(({ key }) => key === chosen);
  const shown = isKnown ? options : [...options, { key: chosen, name: chosen }];
  if (shown.length === 0) return null;
  return (
    <label>
      {t(`comments.${cut}`)}
      <select class="field" value={chosen} onChange={(event) => choose(event.currentTarget.value)}>
        <option value="">{t("comments.all")}</option>
        {shown.map(({ key, name }) => (
          <option key={key} value={key}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

function optionsOf(department: CommentFiltersQuery["department"]): Record<Cut, Option[]> {
  const values = department?.filterValues;
  const customers = department?.scorecard?.customers;
  const named = (groups: { key: string | null; label: string }[] | null | undefined) =>
    (groups ?? []).flatMap(({ key, label }) => (key === null ? [] : [{ key, name: label }]));
  const keyed = (keys: string[] | undefined, name: (key: string) => string) =>
    (keys ?? []).map((key) => ({ key, name: name(key) }));
  return {
    touchpoint: named(customers?.touchpoints),
    stage: keyed(values?.stages, stageName),
    channel: keyed(values?.channels, (key) => key),
    language: keyed(values?.languages, languageName),
    survey: named(customers?.surveys),
  };
}
