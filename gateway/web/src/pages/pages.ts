import type { ComponentType } from "preact";
import type { Role } from "~/api/types.generated.ts";
import type { Place } from "~/place/place.ts";
import type { Key } from "~/words/words.ts";

/** Where a page stands: in the bar, or under "More" with what one asks and learns by, or runs the platform with. */
export type Group = "bar" | "ask" | "run";

export interface Page {
  /** Of the address; `:name` is a part of it. */
  path: string;
  /** What menus call it; absent: it is reached from another page. */
  name?: Key;
  group?: Group;
  /** The letter after `g` that opens it. */
  letter?: string;
  /** Who may open it; for others it is not there. */
  roles: readonly Role[];
  /** Whether department and period stand above it. */
  hasPlace: boolean;
  /** Whether it speaks of a wave in the place of a period. */
  isByWave?: boolean;
  load: () => Promise<PageModule>;
}

export interface PageModule {
  default: ComponentType;
  /** Asks for what the page reads first, before it is drawn. */
  ahead?: (place: Place) => void;
}

const READERS: readonly Role[] = ["ADMIN", "ANALYST", "DEPARTMENT_HEAD"];

/** Every role, in the order of menus. */
export const ROLES: readonly Role[] = [
  "DEPARTMENT_HEAD",
  "ANALYST",
  "INTEGRATION",
  "OPERATOR",
  "PRIVACY_OFFICER",
  "ADMIN",
];

const ASKERS: readonly Role[] = ["ADMIN", "ANALYST"];

const scorecard = () => import("./scorecard/Scorecard.tsx");

/** Every page of the web, in the order of the menus. A page that is not here does not exist. */
export const PAGES: readonly Page[] = [
  { path: "/", roles: READERS, hasPlace: true, load: scorecard },
  {
    path: "/departments/:key",
    name: "shell.scorecard",
    group: "bar",
    letter: "s",
    roles: READERS,
    hasPlace: true,
    load: scorecard,
  },
  {
    path: "/surveys",
    name: "surveys.surveys",
    group: "ask",
    roles: ASKERS,
    hasPlace: false,
    load: () => import("./surveys/SurveyList.tsx"),
  },
  {
    path: "/surveys/new",
    roles: ASKERS,
    hasPlace: false,
    load: () => import("./surveys/surveyEditor/NewSurvey.tsx"),
  },
  {
    path: "/surveys/:key",
    roles: ASKERS,
    hasPlace: false,
    load: () => import("./surveys/survey/SurveyPage.tsx"),
  },
  {
    path: "/surveys/:key/edit",
    roles: ASKERS,
    hasPlace: false,
    load: () => import("./surveys/surveyEditor/EditSurvey.tsx"),
  },
  {
    path: "/import",
    name: "imports.title",
    group: "ask",
    roles: ASKERS,
    hasPlace: false,
    load: () => import("./imports/Import.tsx"),
  },
  {
    path: "/exports",
    name: "exports.title",
    group: "ask",
    roles: ASKERS,
    hasPlace: false,
    load: () => import("./exports/Exports.tsx"),
  },
  {
    path: "/tree",
    name: "departments.title",
    group: "ask",
    roles: ASKERS,
    hasPlace: false,
    load: () => import("./departments/Departments.tsx"),
  },
  {
    path: "/metrics",
    name: "metrics.title",
    group: "ask",
    roles: ASKERS,
    hasPlace: false,
    load: () => import("./metrics/Metrics.tsx"),
  },
  {
    path: "/metrics/new",
    roles: ["ADMIN"],
    hasPlace: false,
    load: () => import("./metrics/RegisterMetric.tsx"),
  },
  {
    path: "/journey",
    name: "journey.title",
    group: "bar",
    letter: "j",
    roles: READERS,
    hasPlace: true,
    load: () => import("./journey/Journey.tsx"),
  },
  {
    path: "/comments",
    name: "comments.title",
    group: "bar",
    letter: "c",
    roles: READERS,
    hasPlace: true,
    load: () => import("./comments/Comments.tsx"),
  },
  {
    path: "/staff",
    name: "staff.title",
    group: "bar",
    letter: "f",
    roles: READERS,
    hasPlace: true,
    isByWave: true,
    load: () => import("./staff/Staff.tsx"),
  },
  {
    path: "/staff/words",
    roles: READERS,
    hasPlace: true,
    isByWave: true,
    load: () => import("./staff/StaffWords.tsx"),
  },
  {
    path: "/retention",
    name: "retention.title",
    group: "ask",
    roles: READERS,
    hasPlace: true,
    load: () => import("./retention/Retention.tsx"),
  },
  {
    path: "/customers",
    name: "customers.title",
    group: "bar",
    letter: "k",
    roles: ["ADMIN", "ANALYST", "PRIVACY_OFFICER"],
    hasPlace: false,
    load: () => import("./customers/Find.tsx"),
  },
  {
    path: "/customers/conflicts",
    roles: ASKERS,
    hasPlace: false,
    load: () => import("./customers/Conflicts.tsx"),
  },
  {
    path: "/customers/:number",
    roles: ASKERS,
    hasPlace: false,
    load: () => import("./customers/CustomerPage.tsx"),
  },
  {
    path: "/segments",
    name: "segments.title",
    group: "ask",
    roles: ASKERS,
    hasPlace: false,
    load: () => import("./segments/Segments.tsx"),
  },
  {
    path: "/waves",
    name: "waves.title",
    group: "ask",
    roles: ASKERS,
    hasPlace: false,
    load: () => import("./waves/Waves.tsx"),
  },
  {
    path: "/waves/new",
    roles: ASKERS,
    hasPlace: false,
    load: () => import("./waves/NewWave.tsx"),
  },
  {
    path: "/waves/:key",
    roles: ASKERS,
    hasPlace: false,
    load: () => import("./waves/WavePage.tsx"),
  },
  {
    path: "/waves/:key/edit",
    roles: ASKERS,
    hasPlace: false,
    load: () => import("./waves/EditWave.tsx"),
  },
  {
    path: "/answers",
    roles: READERS,
    hasPlace: true,
    load: () => import("./answers/Answers.tsx"),
  },
  {
    path: "/people",
    name: "people.title",
    group: "run",
    roles: ["ADMIN"],
    hasPlace: false,
    load: () => import("./people/People.tsx"),
  },
  {
    path: "/sites",
    name: "sites.title",
    group: "run",
    roles: ["ADMIN"],
    hasPlace: false,
    load: () => import("./sites/Sites.tsx"),
  },
  {
    path: "/privacy",
    name: "privacy.title",
    group: "run",
    roles: ["ADMIN", "PRIVACY_OFFICER"],
    hasPlace: false,
    load: () => import("./privacy/Privacy.tsx"),
  },
  {
    path: "/audit",
    name: "audit.title",
    group: "run",
    roles: ["ADMIN", "PRIVACY_OFFICER"],
    hasPlace: false,
    load: () => import("./audit/Audit.tsx"),
  },
  {
    path: "/system",
    name: "system.title",
    group: "run",
    roles: ["ADMIN", "OPERATOR"],
    hasPlace: false,
    load: () => import("./system/System.tsx"),
  },
  {
    path: "/why-withheld",
    roles: READERS,
    hasPlace: false,
    load: () => import("./why/Why.tsx"),
  },
  { path: "/me", roles: ROLES, hasPlace: false, load: () => import("../shell/Me.tsx") },
];

/** The page of an address, whoever may open it; undefined where there is none. */
export function pageAt(path: string): Page | undefined {
  const parts = partsOf(path);
  return PAGES.find((page) => {
    const named = partsOf(page.path);
    const fits = (name: string, at: number) => name.startsWith(":") || name === parts[at];
    return named.length === parts.length && named.every(fits);
  });
}

function partsOf(path: string): string[] {
  return path.split("/").filter((part) => part !== "");
}

/** The pages that somebody with these roles may open. */
export function pagesFor(roles: ReadonlySet<Role>): Page[] {
  return PAGES.filter((page) => page.roles.some((role) => roles.has(role)));
}

/** Where somebody with these roles starts: the first page that needs no key. */
export function firstPage(roles: ReadonlySet<Role>): Page {
  const page = pagesFor(roles).find(({ path }) => !path.includes(":"));
  if (page === undefined) throw new Error("a role has no page");
  return page;
}
