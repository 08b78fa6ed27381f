import { useLocation } from "preact-iso";
import type { Group, Page } from "~/pages/pages.ts";
import { Drop } from "~/parts/Drop.tsx";
import { addressOf, usePlace } from "~/place/place.ts";
import { t } from "~/words/words.ts";
import { Live } from "./Live.tsx";
import { Search } from "./Search.tsx";
import { Own, UserMenu } from "./UserMenu.tsx";
import { useViewer } from "./viewer.ts";

interface Shown {
  page: Page;
  name: string;
  href: string;
  isHere: boolean;
}

/** The bar above every page: pages by role, search, whether numbers are live, and who is signed in. */
export function Bar({ pages }: { pages: Page[] }) {
  const { name } = useViewer();
  const shown = useShown(pages);
  const [bar, ask, run] = (["bar", "ask", "run"] as Group[]).map((group) =>
    shown.filter(({ page }) => page.group === group),
  ) as [Shown[], Shown[], Shown[]];
  const hasMore = ask.length + run.length > 0;
  const open = [...ask, ...run].filter(({ isHere }) => isHere);
  return (
    <header class="top">
      <div class="top-in">
        <a class="brand" href="/">
          cxm
        </a>
        <nav class="nav" aria-label={t("shell.pages")}>
          <Links items={[...bar, ...open]} />
        </nav>
        <div class="top-end">
          {hasMore && (
            <Drop label={t("shell.more")} panel="panel cols">
              <Section title={t("shell.ask")} items={ask} />
              <Section title={t("shell.run")} items={run} />
            </Drop>
          )}
          <Search />
          <Live />
          <UserMenu />
          <Drop label={t("shell.menu")} kind="menu">
            <nav aria-label={t("shell.allPages")}>
              <Section title={t("shell.pages")} items={bar} />
              <Section title={t("shell.ask")} items={ask} />
              <Section title={t("shell.run")} items={run} />
            </nav>
            <hr />
            <p class="muted">{name}</p>
            <Own />
          </Drop>
        </div>
      </div>
    </header>
  );
}

function useShown(pages: Page[]): Shown[] {
  const { path } = useLocation();
  const place = usePlace();
  return pages.flatMap((page) => {
    if (page.name === undefined) return [];
    const base = page.path.replace(/\/:.*/, "");
    const isHere =
      path === base || path.startsWith(`${base}/`) || (base === "/departments" && path === "/");
    return [
      { page, name: t(page.name), href: page.hasPlace ? addressOf(base, place) : base, isHere },
    ];
  });
}

function Section({ title, items }: { title: string; items: Shown[] }) {
  if (items.length === 0) return null;
  return (
    <div>
      <h2>{title}</h2>
      <Links items={items} />
    </div>
  );
}

function Links({ items }: { items: Shown[] }) {
  return (
    <ul>
      {items.map(({ page, name, href, isHere }) => (
        <li key={page.path}>
          <a href={href} aria-current={isHere ? "page" : undefined}>
            {name}
          </a>
        </li>
      ))}
    </ul>
  );
}
