import type { Client } from "@urql/core";
import { allPages } from "~/api/allPages.ts";
import { useAll } from "~/api/useAll.ts";
import { t } from "~/words/words.ts";
import { Field } from "./Field.tsx";
import { SurveyTitlesDocument } from "./surveys.generated.ts";
import { Trouble } from "./Trouble.tsx";

interface Props {
  label: string;
  /** What stands there while none is chosen. */
  none: string;
  value: string;
  wrong: string | undefined;
  pick: (key: string) => void;
}

/** One of all surveys. */
export function PickSurvey({ label, none, value, wrong, pick }: Props) {
  const { all, again } = useSurveys();
  return (
    <>
      <Field label={label} wrong={wrong}>
        {(control) => (
          <select {...control} value={value} onChange={(event) => pick(event.currentTarget.value)}>
            <option value="">{none}</option>
            <SurveyOptions of={all} />
          </select>
        )}
      </Field>
      {all === "failed" && <Trouble what={t("surveys.surveys")} again={again} />}
    </>
  );
}

type Surveys = ReturnType<typeof useSurveys>["all"];

/** Surveys as they stand in a list to choose from. */
export function SurveyOptions({ of }: { of: Surveys }) {
  if (of === undefined || of === "failed") return null;
  return (
    <>
      {of.map(({ key, title }) => (
        <option key={key} value={key}>
          {title}
        </option>
      ))}
    </>
  );
}

/** Keys and titles of all surveys. */
export function useSurveys() {
  return useAll(readSurveys);
}

function readSurveys(client: Client) {
  return allPages(async (after) => {
    const { data } = await client.query(SurveyTitlesDocument, { after }).toPromise();
    return data?.surveys;
  });
}
