import { render } from "preact";
import { applyTheme } from "~/shell/theme.ts";
import { loadWords, wishedLanguage } from "~/words/words.ts";
import { Explorer } from "./Explorer.tsx";
import "./explorer.css";
import { explorerWords } from "./words.ts";

applyTheme();
await loadWords(wishedLanguage(), explorerWords);
const root = document.getElementById("explorer");
if (root !== null) render(<Explorer />, root);
