import { usePageTitle } from "~/shell/usePageTitle.ts";
import { useViewer } from "~/shell/viewer.ts";
import { t } from "~/words/words.ts";

const REASONS = [
  "tooFew",
  "fewAnswers",
  "noData",
  "stillCounted",
  "noCut",
  "notJudged",
  "failed",
] as const;

/** Why a number is not shown, reason by reason, and who may see those that are. */
export default function Why() {
  const { roles } = useViewer();
  usePageTitle(t("why.title"));
  return (
    <>
      <h1 class="verdict" tabIndex={-1}>
        {t("why.title")}
      </h1>
      <p class="verdict-2">{t("why.lede")}</p>
      <div class="halves">
        <section class="card" aria-labelledby="h-reasons">
          <h2 id="h-reasons">{t("why.reasons")}</h2>
          <ul class="items">
            {REASONS.map((reason) => (
              <li key={reason}>
                <div>
                  <h3>{t(`why.${reason}`)}</h3>
                  <p>{t(`why.${reason}Is`)}</p>
                </div>
              </li>
            ))}
          </ul>
        </section>
        <Staff />
        <section class="card" id="who" aria-labelledby="h-who">
          <h2 id="h-who">{t("why.who")}</h2>
          <ul class="items">
            {(["heads", "analysts", "admins", "others"] as const).map((who) => (
              <li key={who}>
                <div>
                  <h3>{t(`why.${who}`)}</h3>
                  <p>{t(`why.${who}See`)}</p>
                </div>
              </li>
            ))}
          </ul>
          <p class="small mt">{t("why.absent")}</p>
          <p class="acts">
            <a class="btn" href="/me">
              {t("shell.whatISee")}
            </a>
            {roles.has("ADMIN") && (
              <a class="btn" href="/people">
                {t("why.people")}
              </a>
            )}
          </p>
        </section>
      </div>
    </>
  );
}

/** Why results of employees are withheld, though somebody answered. */
function Staff() {
  return (
    <section class="card" id="staff" aria-labelledby="h-staff">
      <h2 id="h-staff">{t("why.staff")}</h2>
      <p class="lede">{t("why.staffLede")}</p>
      <ul class="items">
        {(["groups", "counted", "same", "staffCut"] as const).map((reason) => (
          <li key={reason} id={`staff-${reason}`}>
            <div>
              <h3>{t(`why.${reason}`)}</h3>
              <p>{t(`why.${reason}Is`)}</p>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
