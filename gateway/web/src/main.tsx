import { render } from "preact";
import { App } from "./shell/App.tsx";
import "./style/cxm.css";
import { applyTheme } from "./shell/theme.ts";
import { loadWords, wishedLanguage } from "./words/words.ts";

applyTheme();
await loadWords(wishedLanguage());
const root = document.getElementById("cxm");
if (root !== null) render(<App />, root);
