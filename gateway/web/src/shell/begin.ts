import type { ComponentType } from "preact";
import { readAhead } from "~/api/readAhead.ts";
import { type Page, type PageModule, pageAt, pagesFor } from "~/pages/pages.ts";
import { todayIn } from "~/place/days.ts";
import { placeOf } from "~/place/place.ts";
import { keptHome } from "./ChooseHome.tsx";
import { ShellDocument } from "./queries.generated.ts";
import { signedIn } from "./viewer.ts";

/** Components of pages that are there: they are drawn at once. */
export const loaded = new Map<Page["load"], ComponentType>();

/**
 * Asks at once for what the page of an address is made of, before anything is drawn: its module and who is signed in,
 * and as soon as both are there what the page reads first.
 */
export async function begin(path: string, search: string): Promise<void> {
  const [module, { data }] = await Promise.all([loadPage(path), readAhead(ShellDocument, {})]);
  const page = pageAt(path);
  const timeZone = data?.viewer?.timeZone;
  if (data === undefined || timeZone == null || page === undefined) return;
  const today = todayIn(timeZone);
  const viewer = signedIn(data, today);
  if (viewer === undefined || !pagesFor(viewer.roles).includes(page)) return;
  const home = keptHome(viewer.departments) ?? "";
  const query = Object.fromEntries(new URLSearchParams(search));
  const place = placeOf(path, query, { today, timeZone, home });
  if (place.department !== "") module?.ahead?.(place);
}

async function loadPage(path: string): Promise<PageModule | undefined> {
  const load = pageAt(path)?.load;
  const module = await load?.();
  if (load !== undefined && module !== undefined) loaded.set(load, module.default);
  return module;
}
