import { Said } from "~/parts/Said.tsx";
import { useHere } from "~/place/place.ts";
import { moment } from "~/words/format.ts";
import { t } from "~/words/words.ts";
import type { CustomerConsentsQuery } from "./queries.generated.ts";

type Page = NonNullable<NonNullable<CustomerConsentsQuery["customer"]>["consents"]>;
type Statement = Page["statements"][number];

/** What was said, with the words it was said to and its proof. */
export function Statements({ statements }: { statements: readonly Statement[] }) {
  return (
    <>
      <h3 class="mt">{t("consents.said")}</h3>
      <ul class="items">
        {statements.map((statement) => (
          <li key={`${statement.at} ${statement.alias} ${statement.purpose} ${statement.wording}`}>
            <OneStatement statement={statement} />
          </li>
        ))}
      </ul>
    </>
  );
}

function OneStatement({ statement }: { statement: Statement }) {
  const { timeZone } = useHere();
  const { purpose, status, at, channel, wording, givenFor, proof, until } = statement;
  const { alias, source, recordedBy } = statement;
  const facts = [
    moment(at, timeZone),
    channel,
    givenFor && t("consents.for", { what: givenFor }),
    t(proof ? `consents.proof_${proof}` : "consents.noProof"),
    until && t("consents.until", { when: moment(until, timeZone) }),
    t("consents.alias", { number: alias }),
    source,
    t("consents.by", { who: recordedBy }),
  ];
  return (
    <div>
      <b>
        {t(`consents.status_${status}`)} · {purpose}
      </b>
      {wording !== null && (
        <blockquote>
          <Said text={wording} />
        </blockquote>
      )}
      <p>{facts.filter(Boolean).join(" · ")}</p>
    </div>
  );
}
