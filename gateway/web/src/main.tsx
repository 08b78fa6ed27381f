import { render } from "preact";
import { client } from "./api/client.ts";
import { App, loadPage } from "./shell/App.tsx";
import "./style/cxm.css";
import { ShellDocument } from "./shell/queries.generated.ts";
import { applyTheme } from "./shell/theme.ts";
import { loadWords, wishedLanguage } from "./words/words.ts";

applyTheme();
// Words, the page and who is signed in are asked for at once: one after another they would be waited for three times.
const words = loadWords(wishedLanguage());
client.query(ShellDocument, {}).toPromise();
loadPage(location.pathname);
const root = document.getElementById("cxm");
if (root !== null) words.then(() => render(<App />, root));
