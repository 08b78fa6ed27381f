import { useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { useRead } from "~/api/useRead.ts";
import { Quote } from "~/parts/Comment.tsx";
import { FindWords } from "~/parts/FindWords.tsx";
import { OnePage, Pages } from "~/parts/Pages.tsx";
import { Said } from "~/parts/Said.tsx";
import { Skeleton } from "~/parts/Skeleton.tsx";
import { CountedIn, Withheld } from "~/parts/score/Withheld.tsx";
import { Trouble } from "~/parts/Trouble.tsx";
import { spoken } from "~/parts/texts.ts";
import { addressOf, usePlace } from "~/place/place.ts";
import { usePageTitle } from "~/shell/usePageTitle.ts";
import { languageInUse, rich, t } from "~/words/words.ts";
import { Frame, Tabs } from "./Frame.tsx";
import {
  StaffQuestionsDocument,
  StaffWordsDocument,
  type WaveNameFragment,
} from "./queries.generated.ts";
import type { Question } from "./scores.ts";
import { useWaveLabel } from "./waveNames.ts";

const A_PAGE = 20;

/** What staff wrote in a wave: in an order that says nothing, without a date or a score beside it. */
export default function StaffWords() {
  usePageTitle(t("staff.words"));
  return (
    <Frame page="/staff/words">{({ chosen }) => <OfWave key={chosen.key} chosen={chosen} />}</Frame>
  );
}

function OfWave({ chosen }: { chosen: WaveNameFragment }) {
  const { query } = useLocation();
  const name = useWaveLabel()(chosen);
  const [{ data, fetching }, again] = useRead({
    query: StaffQuestionsDocument,
    variables: { wave: chosen.key },
  });
  const questions = data?.wave?.questions.filter(({ kind }) => kind === "TEXT");
  if (questions === undefined) {
    return fetching ? (
      <Skeleton />
    ) : (
      <Trouble what={t("staff.theWords")} again={() => again({ requestPolicy: "network-only" })} />
    );
  }
  const question = questions.find(({ key }) => key === query["question"]) ?? questions[0];
  if (question === undefined) {
    return (
      <>
        <h1 class="verdict" tabIndex={-1}>
          {t("staff.noTexts", { name })}
        </h1>
        <Tabs wave={chosen} page="/staff/words" />
      </>
    );
  }
  return <OfQuestion key={question.key} chosen={chosen} question={question} all={questions} />;
}

interface OfQuestionProps {
  chosen: WaveNameFragment;
  question: Question;
  all: readonly Question[];
}

function OfQuestion({ chosen, question, all }: OfQuestionProps) {
  const place = usePlace();
  const [search, setSearch] = useState("");
  const { route } = useLocation();
  const [{ data, error, fetching }, again] = useRead({
    query: StaffWordsDocument,
    variables: {
      wave: chosen.key,
      department: place.department,
      question: question.key,
      first: A_PAGE,
      after: null,
      search: null,
    },
  });
  const results = data?.wave?.results;
  const found = results?.verbatims;
  const isWithheld = results?.status === "WITHHELD" || found?.status === "WITHHELD";
  const name = useWaveLabel()(chosen);
  return (
    <>
      <h1 class="verdict" tabIndex={-1}>
        {found?.totalCount == null
          ? t("staff.wordsOf", { name })
          : rich("staff.wordsCount", { count: found.totalCount, name })}
      </h1>
      <p class="verdict-2">{t("staff.wordsOrder")}</p>
      <Tabs wave={chosen} page="/staff/words" />
      <section class="card mt" aria-label={t("staff.words")}>
        {all.length > 1 && (
          <fieldset class="search" aria-label={t("staff.question")}>
            {all.map((one) => (
              <button
                key={one.key}
                class="btn"
                type="button"
                aria-pressed={one.key === question.key}
                onClick={() =>
                  route(addressOf("/staff/words", place, { wave: chosen.key, question: one.key }))
                }
              >
                <Said {...asked(one, chosen)} />
              </button>
            ))}
          </fieldset>
        )}
        <h2 class="mt">
          <Said {...asked(question, chosen)} />
        </h2>
        {results == null ? (
          fetching ? (
            <Skeleton />
          ) : error === undefined ? (
            <p class="few">{t("score.absent")}</p>
          ) : (
            <Trouble
              what={t("staff.theWords")}
              again={() => again({ requestPolicy: "network-only" })}
            />
          )
        ) : isWithheld ? (
          <>
            <Withheld countedIn={null} />
            <CountedIn countedIn={found?.countedIn ?? results.countedIn} />
          </>
        ) : (
          <>
            <FindWords
              id="staff-words"
              label={t("staff.search")}
              search={search}
              find={setSearch}
            />
            <Pages
              key={`${place.department} ${search}`}
              page={(page) => (
                <WordsPage {...page} wave={chosen.key} question={question.key} search={search} />
              )}
            />
          </>
        )}
      </section>
    </>
  );
}

function asked(question: Question, { language }: WaveNameFragment) {
  return spoken(question, language, languageInUse());
}

interface WordsPageProps {
  wave: string;
  question: string;
  search: string;
  after: string | null;
  more?: ((after: string) => void) | undefined;
}

function WordsPage({ wave, question, search, after, more }: WordsPageProps) {
  const { department } = usePlace();
  const [{ data, fetching }, again] = useRead({
    query: StaffWordsDocument,
    variables: { wave, department, question, first: A_PAGE, after, search: search || null },
  });
  const found = data?.wave?.results?.verbatims;
  return (
    <OnePage
      after={after}
      more={more}
      what={t("staff.theWords")}
      read={{
        fetching,
        page: found && {
          lookedBackTo: null,
          pageInfo: found.pageInfo,
          items: found.edges.map(({ node }, at) => (
            <li key={at}>
              <Quote text={node.text} search={search} />
            </li>
          )),
        },
      }}
      again={() => again({ requestPolicy: "network-only" })}
      empty={
        <p class="few mt">
          {search === "" ? t("score.absent") : t("staff.noWordsFound", { search })}
        </p>
      }
    />
  );
}
