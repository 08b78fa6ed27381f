import { number } from "~/words/format.ts";
import { t } from "~/words/words.ts";
import { surveyAddress } from "../names.ts";
import type { SurveyWholeFragment } from "../queries.generated.ts";
import type { Changes } from "./changes.ts";
import { WrongHere } from "./Named.tsx";

interface Props {
  changes: Changes;
  survey: SurveyWholeFragment | undefined;
  isBusy: boolean;
  /** Whether the form began with what was written here before. */
  isKept: boolean;
  discard: () => void;
}

/** What saving will change, and the button that does. */
export function Save({ changes, survey, isBusy, isKept, discard }: Props) {
  return (
    <section class="card" aria-labelledby="h-save">
      <h2 id="h-save">{t("surveyEditor.whatChanges")}</h2>
      <div role="status">
        <p class="small">
          {survey === undefined ? t("surveyEditor.beginsAsDraft") : said(changes, survey.version)}
        </p>
      </div>
      {isKept && (
        <p class="small">
          {t("surveyEditor.wasKept")}{" "}
          <button class="btn" type="button" onClick={discard}>
            {t("surveyEditor.discard")}
          </button>
        </p>
      )}
      <WrongHere name="" />
      <WrongHere name="language" />
      <div class="acts">
        <button class="btn primary" type="submit" aria-busy={isBusy || undefined}>
          {t("parts.save")}
        </button>
        <a class="btn" href={survey === undefined ? "/surveys" : surveyAddress(survey.key)}>
          {t("parts.cancel")}
        </a>
      </div>
    </section>
  );
}

function said(changes: Changes, version: number): string {
  if (!changes.isAny) return t("surveyEditor.nothingChanges");
  const counts = [
    changes.added > 0 && t("surveyEditor.added", { count: number(changes.added) }),
    changes.removed > 0 && t("surveyEditor.removed", { count: number(changes.removed) }),
    changes.changed > 0 && t("surveyEditor.changed", { count: number(changes.changed) }),
    changes.isReordered && t("surveyEditor.reordered"),
  ].filter((one) => one !== false);
  const start =
    changes.newVersion > 0
      ? t("surveyEditor.newVersion", { version: changes.newVersion, before: version })
      : t("surveyEditor.sameVersion", { version });
  return [start, ...counts].join(" ");
}
