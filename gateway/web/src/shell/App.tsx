import { Provider } from "@urql/preact";
import type { ComponentType } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import { ErrorBoundary, LocationProvider, lazy, Route, Router, useLocation } from "preact-iso";
import { client, isSignedOut, onSignedOut } from "~/api/client.ts";
import { useRead } from "~/api/useRead.ts";
import { firstPage, type Page, pagesFor } from "~/pages/pages.ts";
import { Skeleton } from "~/parts/Skeleton.tsx";
import { Trouble } from "~/parts/Trouble.tsx";
import { decoded, HereContext } from "~/place/place.ts";
import { t } from "~/words/words.ts";
import { Bar } from "./Bar.tsx";
import { loaded } from "./begin.ts";
import { ChooseHome, keptHome } from "./ChooseHome.tsx";
import { Keys } from "./Keys.tsx";
import { NoRights } from "./NoRights.tsx";
import { NotFound } from "./NotFound.tsx";
import { Notices } from "./Notices.tsx";
import { ShellDocument } from "./queries.generated.ts";
import { SignedOut } from "./SignedOut.tsx";
import { SIGNED_OUT } from "./signOut.ts";
import { useRights } from "./useRights.ts";
import { useToday } from "./useToday.ts";
import { signedIn, useViewer, ViewerContext } from "./viewer.ts";
import { Where } from "./Where.tsx";

/** The web, in words that are there. */
export function App() {
  return (
    <Provider value={client}>
      <LocationProvider>
        <Start />
      </LocationProvider>
    </Provider>
  );
}

/** Finds out who is signed in before anything else is drawn. */
function Start() {
  const [ended, setEnded] = useState(false);
  const [{ data, error, fetching }, again] = useRead({ query: ShellDocument, variables: {} });
  useEffect(() => onSignedOut(() => setEnded(true)), []);
  const timeZone = data?.viewer?.timeZone ?? "UTC";
  const today = useToday(timeZone);
  const viewer = useMemo(() => data && signedIn(data, today), [data, today]);
  useRights(viewer, () => again({ requestPolicy: "network-only" }));
  if (ended || isSignedOut(error)) return <SignedOut wasSignedIn={viewer !== undefined} />;
  // Without the departments and the time zone of the organisation no page would tell the truth.
  const isWhole = data?.viewer?.departments != null && data.viewer.timeZone !== null;
  if (viewer === undefined || !isWhole) {
    return (
      <main id="main">
        {fetching ? (
          <Skeleton />
        ) : (
          <Trouble
            what={t("shell.everything")}
            again={() => again({ requestPolicy: "network-only" })}
          />
        )}
      </main>
    );
  }
  if (viewer.roles.size === 0) return <NoRights subject={viewer.subject} />;
  const home = keptHome(viewer.departments);
  return (
    <ViewerContext.Provider value={viewer}>
      <HereContext.Provider value={{ today, timeZone, home: home ?? "" }}>
        <Frame
          pages={pagesFor(viewer.roles)}
          mustChoose={home === undefined && viewer.departments.length > 1}
        />
      </HereContext.Provider>
    </ViewerContext.Provider>
  );
}

function componentOf({ load }: Page) {
  const known = loaded.get(load);
  if (known !== undefined) return known;
  const component: ComponentType = lazy(load);
  loaded.set(load, component);
  return component;
}

function Frame({ pages, mustChoose }: { pages: Page[]; mustChoose: boolean }) {
  const { path } = useLocation();
  return (
    <>
      <a class="skip" href="#main">
        {t("shell.skip")}
      </a>
      <Bar pages={pages} />
      <main id="main">
        <Notices />
        <ErrorBoundary>
          {decoded(path) === undefined ? (
            <NotFound />
          ) : mustChoose && path === "/" ? (
            <ChooseHome />
          ) : (
            <Router>
              {pages.map((page) => (
                <Route key={page.path} path={page.path} component={inPlace(page)} />
              ))}
              <Route path={SIGNED_OUT} component={GoHome} />
              <Route path="/" component={ToFirst} />
              <Route default component={NotFound} />
            </Router>
          )}
        </ErrorBoundary>
      </main>
      <Keys pages={pages} />
    </>
  );
}

/** From "/" to where somebody starts who reads no scores. */
function ToFirst() {
  const { route } = useLocation();
  const { path } = firstPage(useViewer().roles);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `route` is another function at each address
  useEffect(() => route(path, true), [path]);
  return <Skeleton />;
}

/** Who is signed in again, or still, has nothing to read at the address of those who left. */
function GoHome() {
  const { route } = useLocation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: `route` is another function at each address
  useEffect(() => route("/", true), []);
  return <Skeleton />;
}

const placed = new Map<Page, () => preact.JSX.Element>();

/** A page below department and period, where it speaks of them. */
function inPlace(page: Page) {
  const known = placed.get(page);
  if (known !== undefined) return known;
  const Content = componentOf(page);
  const Placed = () =>
    page.hasPlace ? <Where content={Content} hasPeriod={page.isByWave !== true} /> : <Content />;
  placed.set(page, Placed);
  return Placed;
}
