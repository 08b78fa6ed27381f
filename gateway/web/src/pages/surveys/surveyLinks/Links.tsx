import { useState } from "preact/hooks";
import { Copy } from "~/parts/Copy.tsx";
import { Field } from "~/parts/Field.tsx";
import { t } from "~/words/words.ts";
import { nameOfLanguage } from "../names.ts";
import type { SurveyWholeFragment } from "../queries.generated.ts";
import { languagesOf } from "../texts.ts";
import { respondAddress } from "./addresses.ts";
import { QrCode } from "./QrCode.tsx";
import { Snippet } from "./Snippet.tsx";

/** How anybody comes to a public survey: its address, a piece of HTML, a QR code. */
export function Links({ survey }: { survey: SurveyWholeFragment }) {
  if (survey.state === "ARCHIVED") return null;
  return (
    <section class="card" aria-labelledby="h-links">
      <h2 id="h-links">{t("surveyLinks.links")}</h2>
      {survey.public ? (
        <PublicLinks survey={survey} />
      ) : (
        <p class="lede">{t("surveyLinks.onlyInvited")}</p>
      )}
    </section>
  );
}

function PublicLinks({ survey }: { survey: SurveyWholeFragment }) {
  const [language, setLanguage] = useState("");
  const [place, setPlace] = useState("");
  const named = {
    language,
    [place.startsWith("d ") ? "department" : "touchpoint"]: place.slice(2),
  };
  const address = respondAddress(location.origin, survey.key, named);
  return (
    <>
      {survey.state !== "LIVE" && <p class="lede">{t("surveyLinks.notOpen")}</p>}
      <Choices
        survey={survey}
        language={language}
        setLanguage={setLanguage}
        place={place}
        setPlace={setPlace}
      />
      <p class="mt address">
        <a href={address} target="_blank" rel="noreferrer">
          {address}
        </a>
      </p>
      <div class="acts">
        <Copy text={address} label={t("surveyLinks.copyAddress")} />
      </div>
      <Snippet address={address} language={language || (survey.language ?? "")} />
      <QrCode address={address} />
    </>
  );
}

interface ChoicesProps {
  survey: SurveyWholeFragment;
  language: string;
  setLanguage: (tag: string) => void;
  place: string;
  setPlace: (place: string) => void;
}

/** What a link may name: a language, and a department or touchpoint that the survey offers. */
function Choices({ survey, language, setLanguage, place, setPlace }: ChoicesProps) {
  const tags = languagesOf(survey).filter((tag) => tag !== "");
  const departments = survey.offers.departments ?? [];
  const touchpoints = survey.offers.touchpoints ?? [];
  return (
    <>
      {tags.length > 1 && (
        <Field label={t("surveyLinks.language")}>
          {(control) => (
            <select
              {...control}
              value={language}
              onChange={(event) => setLanguage(event.currentTarget.value)}
            >
              <option value="">{t("surveyLinks.asBrowser")}</option>
              {tags.map((tag) => (
                <option key={tag} value={tag}>
                  {nameOfLanguage(tag)}
                </option>
              ))}
            </select>
          )}
        </Field>
      )}
      {departments.length + touchpoints.length > 0 && (
        <Field label={t("surveyLinks.place")}>
          {(control) => (
            <select
              {...control}
              value={place}
              onChange={(event) => setPlace(event.currentTarget.value)}
            >
              <option value="">{t("surveyLinks.ownDepartment")}</option>
              {departments.map(({ key, name }) => (
                <option key={`d ${key}`} value={`d ${key}`}>
                  {name}
                </option>
              ))}
              {touchpoints.map(({ key, name }) => (
                <option key={`t ${key}`} value={`t ${key}`}>
                  {name}
                </option>
              ))}
            </select>
          )}
        </Field>
      )}
    </>
  );
}
