import { usePageTitle } from "~/shell/usePageTitle.ts";
import { t } from "~/words/words.ts";

export default function Scorecard() {
  usePageTitle(t("shell.scorecard"));
  return (
    <h1 class="verdict" tabIndex={-1}>
      …
    </h1>
  );
}
