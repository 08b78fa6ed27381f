import type { AuditDeed } from "~/api/types.generated.ts";
import { t } from "~/words/words.ts";

/** A deed in words. */
export function wordsOf(deed: AuditDeed): string {
  return t(`audit.deed_${deed}`);
}

/** Every deed that can be searched for, in the order of the groups people know: tree, surveys, answers, rights, sessions. */
export const DEEDS: readonly AuditDeed[] = [
  "DEPARTMENT_CREATED",
  "DEPARTMENT_CHANGED",
  "DEPARTMENT_MOVED",
  "DEPARTMENT_CLOSED",
  "DEPARTMENT_REOPENED",
  "ROOT_NAMED",
  "TOUCHPOINT_CREATED",
  "TOUCHPOINT_CHANGED",
  "SURVEY_CREATED",
  "SURVEY_CHANGED",
  "SURVEY_PUBLISHED",
  "SURVEY_STATE_CHANGED",
  "RESPONSE_CORRECTED",
  "RESPONSE_WITHDRAWN",
  "RESPONSES_IMPORTED",
  "RESPONSES_EXPORTED",
  "RESPONSES_READ",
  "INVITATIONS_CREATED",
  "EMPLOYMENT_CHANGED",
  "EMPLOYMENT_CORRECTED",
  "EMPLOYEE_DETAILS_CHANGED",
  "EMPLOYEE_ERASED",
  "WAVE_CREATED",
  "WAVE_CHANGED",
  "WAVE_REMOVED",
  "WAVE_OPENED",
  "WAVE_CLOSED",
  "WAVE_IMPORTED",
  "SCORES_EXPORTED",
  "METRIC_REGISTERED",
  "RECONCILIATION_STARTED",
  "REBUILD_STARTED",
  "DEAD_LETTERS_REPLAYED",
  "GRANT_GIVEN",
  "GRANT_REVOKED",
  "USER_CHANGED",
  "USER_REMOVED",
  "SIGNED_IN",
  "SIGNED_IN_BY_LINK",
  "SIGNED_OUT",
  "SESSION_STOLEN",
  "SESSION_ENDED_BY_PROVIDER",
  "SESSION_DISPLACED",
];
