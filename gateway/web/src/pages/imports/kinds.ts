/** What a file can hold, as the door of imports names it. */
export const KINDS = ["responses", "employees", "departments", "touchpoints", "wave"] as const;
export type Kind = (typeof KINDS)[number];

/** What a column can be, besides an answer. `departments` and `touchpoints` need a name, employees a first day, results of waves all but low and high. */
export const FIELDS = {
  responses: [
    "id",
    "department",
    "touchpoint",
    "occurred_at",
    "customer",
    "channel",
    "segment",
    "language",
    "count",
  ],
  employees: [
    "id",
    "department",
    "started_on",
    "left_on",
    "last_day",
    "tenure_months",
    "tenure_years",
    "left",
    "email",
    "language",
    "subject",
  ],
  departments: ["key", "name", "parent", "closed_from", "merged_into"],
  touchpoints: ["key", "name", "department", "stage", "channel"],
  wave: [
    "wave",
    "name",
    "opened_on",
    "closed_on",
    "department",
    "item",
    "n",
    "value",
    "low",
    "high",
  ],
} as const satisfies Record<Kind, readonly string[]>;

export type FieldName = (typeof FIELDS)[Kind][number];

/** Kinds of questions that one column can be the answer to. */
export const QUESTION_KINDS = ["NPS", "CSAT", "CES", "CES1", "TEXT", "SINGLE_CHOICE"] as const;
