import { render } from "preact";
import { traceDeeds } from "./api/trace.ts";
import { App } from "./shell/App.tsx";
import "./style/cxm.css";
import { begin } from "./shell/begin.ts";
import { applyTheme } from "./shell/theme.ts";
import { loadWords, wishedLanguage } from "./words/words.ts";

const PATIENCE_MS = 300;

applyTheme();
traceDeeds();
// Words, the page and who is signed in are asked for at once: one after another they would be waited for three times.
const words = loadWords(wishedLanguage());
const begun = begin(location.pathname, location.search);
await words;
// What is there is drawn once, not first without: a short wait costs less than a second drawing.
await Promise.race([Promise.allSettled([begun]), new Promise((go) => setTimeout(go, PATIENCE_MS))]);
const root = document.getElementById("cxm");
if (root !== null) render(<App />, root);
