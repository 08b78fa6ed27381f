import { day } from "~/words/format.ts";
import { t } from "~/words/words.ts";
import type { CommentFragment } from "./comment.generated.ts";
import { langOf, languageName } from "./languageTag.ts";
import { marked } from "./marked.ts";

/** What somebody wrote, in its own language, with the score beside it, where and when. */
export function Comment({ comment, search = "" }: { comment: CommentFragment; search?: string }) {
  const { text, language, lead, touchpoint, department } = comment;
  return (
    <li>
      <Quote text={text} language={language} search={search} />
      <p class="meta">
        {lead && <b>{t("parts.scoreOf", { score: lead.score, high: lead.high })}</b>}
        {touchpoint && <span>{touchpoint.name}</span>}
        <span>{department.name}</span>
        <span>{day(comment.day, { year: true })}</span>
        {language !== null && <span>{languageName(language)}</span>}
      </p>
    </li>
  );
}

interface QuoteProps {
  text: string;
  /** Null where it is not known. */
  language?: string | null;
  search: string;
}

/** The words of somebody, those that were searched marked. */
export function Quote({ text, language = null, search }: QuoteProps) {
  return (
    <blockquote lang={langOf(language)} dir="auto">
      {marked(text, search).map(({ text: piece, isMatch }, at) =>
        isMatch ? <mark key={at}>{piece}</mark> : piece,
      )}
    </blockquote>
  );
}
