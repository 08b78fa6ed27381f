import { useRead } from "~/api/useRead.ts";
import { Said } from "~/parts/Said.tsx";
import { Trouble } from "~/parts/Trouble.tsx";
import { useHere } from "~/place/place.ts";
import { moment } from "~/words/format.ts";
import { languageInUse, t } from "~/words/words.ts";
import { surveyAddress } from "./names.ts";
import { type SurveyRowFragment, type SurveyState, SurveysDocument } from "./queries.generated.ts";
import { spoken, titleOf } from "./texts.ts";

const COLUMNS = 6;

export function Heads() {
  return (
    <thead>
      <tr>
        <th scope="col">{t("surveys.survey")}</th>
        <th scope="col">{t("surveys.state")}</th>
        <th scope="col">{t("surveys.whoAnswers")}</th>
        <th scope="col">{t("shell.department")}</th>
        <th scope="col">{t("surveys.opens")}</th>
        <th scope="col">{t("surveys.closes")}</th>
      </tr>
    </thead>
  );
}

interface Props {
  after: string | null;
  state: SurveyState | undefined;
  /** Asks for the next page; of the last one only. */
  more: ((cursor: string) => void) | undefined;
}

/** One page of the list. */
export function Rows({ after, state, more }: Props) {
  const [{ data, error, fetching }, again] = useRead({
    query: SurveysDocument,
    variables: { after, state: state ?? null },
  });
  const page = data?.surveys;
  const next = page?.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  return (
    <tbody aria-busy={fetching && page == null ? true : undefined}>
      {page?.edges.map(({ node }) => (
        <Row key={node.key} survey={node} />
      ))}
      {!fetching && (error !== undefined || page == null) && (
        <tr>
          <td colSpan={COLUMNS}>
            <Trouble
              what={t("surveys.surveys")}
              again={() => again({ requestPolicy: "network-only" })}
            />
          </td>
        </tr>
      )}
      {more !== undefined && next != null && (
        <tr>
          <td colSpan={COLUMNS}>
            <button class="btn" type="button" onClick={() => more(next)}>
              {t("parts.more")}
            </button>
          </td>
        </tr>
      )}
    </tbody>
  );
}

function Row({ survey }: { survey: SurveyRowFragment }) {
  const { timeZone } = useHere();
  const title = spoken(titleOf(survey), survey.language, languageInUse());
  const when = (instant: string | null) => (instant === null ? "" : moment(instant, timeZone));
  return (
    <tr>
      <th scope="row">
        <a href={surveyAddress(survey.key)}>
          <Said {...title} />
        </a>
        <br />
        <span class="n">
          <Said text={survey.key} /> · {t("surveys.version", { version: survey.version })}
        </span>
      </th>
      <td data-l={t("surveys.state")}>
        <div>{t(`surveys.state_${survey.state}`)}</div>
      </td>
      <td data-l={t("surveys.whoAnswers")}>
        <div>{survey.public ? t("surveys.anybody") : t("surveys.invited")}</div>
      </td>
      <td data-l={t("shell.department")}>
        <div>{survey.department && <Said text={survey.department.name} />}</div>
      </td>
      <td data-l={t("surveys.opens")}>
        <div>{when(survey.opensAt)}</div>
      </td>
      <td data-l={t("surveys.closes")}>
        <div>{when(survey.closesAt)}</div>
      </td>
    </tr>
  );
}
