import { render } from "preact";
import { pageAt } from "./pages/pages.ts";
import { App } from "./shell/App.tsx";
import "./style/cxm.css";
import { applyTheme } from "./shell/theme.ts";
import { loadWords, wishedLanguage } from "./words/words.ts";

applyTheme();
// Words, the page and who is signed in are asked for at once: one after another they would be waited for three times.
const words = loadWords(wishedLanguage());
pageAt(location.pathname)?.load();
const root = document.getElementById("cxm");
if (root !== null) render(<App words={words} />, root);
