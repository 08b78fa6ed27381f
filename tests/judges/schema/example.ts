// What a frontend team writes on the generated types; checked by `tsc --strict`, and run by nobody.
import type { TypedDocumentNode } from "@graphql-typed-document-node/core";
import {
  ScorecardDocument,
  type ScorecardQuery,
  type ScorecardQueryVariables,
  SubmitResponseDocument,
  type SubmitResponseMutationVariables,
} from "../frontend/generated.ts";

type Ask = <Data, Variables>(document: TypedDocumentNode<Data, Variables>, variables: Variables) => Promise<Data>;

const year: ScorecardQueryVariables = {
  department: "billing",
  period: { from: "2026-01-01", to: "2027-01-01" },
};

export async function loyalty(ask: Ask): Promise<string> {
  const { department } = await ask(ScorecardDocument, year);
  const nps = department?.scorecard?.nps;
  if (!nps || nps.value === null) return nps?.status ?? "UNAVAILABLE";
  const low: number | undefined = nps.interval?.low;
  return `${nps.value} of ${nps.base}, from ${low}`;
}

export async function answer(ask: Ask, input: SubmitResponseMutationVariables["input"]): Promise<string | null> {
  const { submitResponse } = await ask(SubmitResponseDocument, { input });
  const [refused] = submitResponse.userErrors;
  if (refused) throw new Error(`${refused.code}: ${refused.message}`);
  return submitResponse.receipt;
}

// @ts-expect-error: a day is a string, as the map of scalars says
export const instant: ScorecardQueryVariables["period"]["from"] = new Date();
// @ts-expect-error: a score may be missing
export const sure = (data: ScorecardQuery): number => data.department.scorecard.nps.value;
// @ts-expect-error: a survey is named
export const nameless: SubmitResponseMutationVariables = { input: { answers: [] } };
