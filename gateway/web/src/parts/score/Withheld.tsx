import { t } from "~/words/words.ts";

interface Props {
  /** The department in which the answers are counted; null where they are shown nowhere. */
  countedIn: string | null;
  kind?: string;
}

/** What stands in the place of a number that could tell of single people: the same whatever the cause, with no count and no hint. */
export function Withheld({ countedIn, kind = "" }: Props) {
  return (
    <p class={`hatch ${kind}`}>
      {countedIn === null ? t("score.withheld") : t("score.withheldIn", { name: countedIn })}
    </p>
  );
}

/** Where the answers are counted, and the way to the reasons. */
export function CountedIn({ countedIn }: Pick<Props, "countedIn">) {
  return (
    <p class="small muted">
      {countedIn === null ? t("score.countedNowhere") : t("score.countedIn", { name: countedIn })}{" "}
      <a href="/why-withheld#staff">{t("why.why")}</a>
    </p>
  );
}
