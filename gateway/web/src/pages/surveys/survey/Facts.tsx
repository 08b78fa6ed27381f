import type { ComponentChildren } from "preact";
import { Said } from "~/parts/Said.tsx";
import { useHere } from "~/place/place.ts";
import { moment, number } from "~/words/format.ts";
import { t } from "~/words/words.ts";
import type { SurveyWholeFragment } from "../queries.generated.ts";

/** What a survey is, beside what it asks. */
export function Facts({ survey }: { survey: SurveyWholeFragment }) {
  const { timeZone } = useHere();
  const when = (instant: string | null) => instant && moment(instant, timeZone);
  return (
    <section class="card" aria-labelledby="h-facts">
      <h2 id="h-facts">{t("survey.facts")}</h2>
      <dl class="kv">
        <Fact name={t("survey.key")}>
          <Said text={survey.key} />
        </Fact>
        <Fact name={t("survey.questionsVersion")}>
          {t("surveys.version", { version: survey.version })}
        </Fact>
        <Fact name={t("surveys.whoAnswers")}>
          {survey.public ? t("surveys.anybody") : t("surveys.invited")}
        </Fact>
        <Fact name={t("survey.inScorecard")}>
          {survey.inScorecard ? t("survey.counted") : t("survey.notCounted")}
        </Fact>
        <Fact name={t("survey.countsFor")}>
          {survey.department ? <Said text={survey.department.name} /> : t("survey.noDepartment")}
        </Fact>
        <Fact name={t("survey.offers")}>
          <Offered offers={survey.offers} />
        </Fact>
        <Fact name={t("survey.dailyLimit")}>
          {survey.dailyLimit === null ? t("survey.usualLimit") : number(survey.dailyLimit)}
        </Fact>
        <Fact name={t("surveys.opens")}>{when(survey.opensAt)}</Fact>
        <Fact name={t("surveys.closes")}>{when(survey.closesAt)}</Fact>
      </dl>
    </section>
  );
}

function Fact({ name, children }: { name: string; children: ComponentChildren }) {
  if (children === null || children === "") return null;
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

function Offered({ offers }: { offers: SurveyWholeFragment["offers"] }) {
  if (offers.everything) return <>{t("survey.everything")}</>;
  const names = [...(offers.departments ?? []), ...(offers.touchpoints ?? [])];
  if (names.length === 0) return <>{t("survey.nothing")}</>;
  return (
    <>
      {names.map(({ key, name }, at) => (
        <span key={key}>
          {at > 0 && ", "}
          <Said text={name} />
        </span>
      ))}
    </>
  );
}
