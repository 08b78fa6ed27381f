import { useState } from "preact/hooks";
import type { ConsentInput, ConsentProof, ConsentStatus } from "~/api/types.generated.ts";
import { Choice } from "~/parts/Choice.tsx";
import { DeedForm } from "~/parts/DeedForm.tsx";
import { Field } from "~/parts/Field.tsx";
import { wrongAt, wrongElsewhere } from "~/parts/refusals.ts";
import { refusalsOf, useDeed } from "~/parts/useDeed.ts";
import { t } from "~/words/words.ts";
import { RecordConsentDocument } from "./queries.generated.ts";

const STATUSES: readonly ConsentStatus[] = ["GIVEN", "REFUSED", "WITHDRAWN"];
const PROOFS: readonly ConsentProof[] = ["FORM", "CALL", "DOUBLE_OPT_IN"];
const FIELDS = ["purpose", "wording", "givenFor", "channel"] as const;

interface Props {
  number: string;
  done: (words: string) => void;
  leave: () => void;
}

/** What a customer says now. */
export function Record({ number, done, leave }: Props) {
  const [status, setStatus] = useState<ConsentStatus>("GIVEN");
  const [proof, setProof] = useState<ConsentProof | "">("");
  const [texts, setTexts] = useState({ purpose: "", wording: "", givenFor: "", channel: "" });
  const { perform, refusals, isBusy } = useDeed(RecordConsentDocument, (data) =>
    refusalsOf(data.recordConsent),
  );
  const isGiven = status === "GIVEN";
  const submit = async () => {
    const purpose = texts.purpose.trim().toUpperCase();
    const said: ConsentInput = { number, purpose, status, at: new Date().toISOString() };
    if (texts.wording.trim()) said.wording = texts.wording;
    if (texts.channel.trim()) said.channel = texts.channel;
    if (isGiven && texts.givenFor.trim()) said.givenFor = texts.givenFor;
    if (proof) said.proof = proof;
    const read = await perform({ input: { statements: [said] } });
    if (read !== undefined) done(t("consents.recorded"));
  };
  const text = (name: (typeof FIELDS)[number], longest: number, hint?: string) => (
    <Field label={t(`consents.${name}`)} hint={hint} wrong={wrongAt(refusals, name)}>
      {(control) => (
        <input
          {...control}
          autocomplete="off"
          maxLength={longest}
          value={texts[name]}
          onInput={(event) => setTexts({ ...texts, [name]: event.currentTarget.value })}
        />
      )}
    </Field>
  );
  return (
    <DeedForm
      title={t("consents.record")}
      act={t("consents.record")}
      isBusy={isBusy}
      refused={wrongElsewhere(refusals, ...FIELDS)}
      submit={submit}
      leave={leave}
    >
      {text("purpose", 40, t("consents.purposeHint"))}
      <Choice
        label={t("consents.what")}
        name={`consent-${number}`}
        options={STATUSES.map((value) => ({ value, label: t(`consents.status_${value}`) }))}
        value={status}
        choose={setStatus}
      />
      <Field
        label={t("consents.wording")}
        hint={t(isGiven ? "consents.wordingNeeded" : "consents.wordingHint")}
        wrong={wrongAt(refusals, "wording")}
      >
        {(control) => (
          <textarea
            {...control}
            rows={3}
            maxLength={4000}
            value={texts.wording}
            onInput={(event) => setTexts({ ...texts, wording: event.currentTarget.value })}
          />
        )}
      </Field>
      {isGiven && text("givenFor", 100, t("consents.givenForHint"))}
      {text("channel", 50)}
      <Field label={t("consents.proof")}>
        {(control) => (
          <select
            {...control}
            value={proof}
            onChange={(event) => setProof(event.currentTarget.value as ConsentProof | "")}
          >
            <option value="">{t("consents.noProof")}</option>
            {PROOFS.map((each) => (
              <option key={each} value={each}>
                {t(`consents.proof_${each}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
    </DeedForm>
  );
}
