import { t } from "~/words/words.ts";

/** Why a number is not shown, and the way to all reasons. */
export function Reason({ text }: { text: string | undefined }) {
  if (text === undefined) return null;
  return (
    <>
      {text} <a href="/why-withheld">{t("why.why")}</a>
    </>
  );
}
