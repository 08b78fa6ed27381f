import { useClient } from "@urql/preact";
import { useState } from "preact/hooks";
import { Consents } from "~/pages/consents/Consents.tsx";
import { Field } from "~/parts/Field.tsx";
import { Refusals } from "~/parts/Refusals.tsx";
import type { Refusal } from "~/parts/refusals.ts";
import { usePageTitle } from "~/shell/usePageTitle.ts";
import { useViewer } from "~/shell/viewer.ts";
import { t } from "~/words/words.ts";
import { CustomerCard } from "./CustomerCard.tsx";
import { mayErase, mayLink } from "./deeds.ts";
import { EraseUnknown } from "./EraseUnknown.tsx";
import { useKinds } from "./kinds.ts";
import { type CustomerShownFragment, FindCustomerDocument } from "./queries.generated.ts";
import { ToSettle } from "./ToSettle.tsx";

interface Identifier {
  kind: string;
  value: string;
}
interface Found {
  customer: CustomerShownFragment | null;
  by: Identifier;
}

/** One customer by an identifier, as a whole. What is looked for stands in no address: it names a person. */
export default function Find() {
  const client = useClient();
  const { roles } = useViewer();
  const kinds = useKinds();
  const [kind, setKind] = useState("CUSTOMER");
  const [value, setValue] = useState("");
  const [found, setFound] = useState<Found | undefined>();
  const [isBusy, setBusy] = useState(false);
  const [isTried, setTried] = useState(false);
  const [refused, setRefused] = useState<readonly Refusal[]>([]);
  usePageTitle(t("customers.title"));
  const look = async (identifier: Identifier) => {
    setTried(true);
    if (identifier.value === "" || isBusy) return;
    setBusy(true);
    const { data, error } = await client
      .query(FindCustomerDocument, { identifier }, { requestPolicy: "network-only" })
      .toPromise();
    setBusy(false);
    if (error !== undefined || data === undefined) {
      const message = error?.graphQLErrors[0]?.message ?? t("customers.notRead");
      setRefused([{ field: null, message, code: "FAILED" }]);
      setFound(undefined);
      return;
    }
    setRefused([]);
    setFound({ customer: data.customer, by: identifier });
  };
  return (
    <>
      <h1 class="verdict" tabIndex={-1}>
        {t("customers.find")}
      </h1>
      <p class="verdict-2">{t("customers.lede")}</p>
      <div class="split">
        <div class="stack">
          <section class="card" aria-label={t("customers.find")}>
            <form
              noValidate
              onSubmit={(event) => {
                event.preventDefault();
                look({ kind, value: value.trim() });
              }}
            >
              <Field label={t("customers.kind")}>
                {(control) => (
                  <select
                    {...control}
                    value={kind}
                    onChange={(event) => setKind(event.currentTarget.value)}
                  >
                    {kinds.map(({ key, name }) => (
                      <option key={key} value={key}>
                        {name}
                      </option>
                    ))}
                  </select>
                )}
              </Field>
              <Field
                label={t("customers.value")}
                hint={t("customers.valueHint")}
                wrong={isTried && value.trim() === "" ? t("parts.needed") : undefined}
              >
                {(control) => (
                  <input
                    {...control}
                    autocomplete="off"
                    spellcheck={false}
                    maxLength={256}
                    value={value}
                    onInput={(event) => setValue(event.currentTarget.value)}
                  />
                )}
              </Field>
              <Refusals of={refused} />
              <div class="acts">
                <button class="btn primary" type="submit" aria-busy={isBusy || undefined}>
                  {t("customers.findIt")}
                </button>
              </div>
            </form>
            <div role="status">
              {found?.customer === null && (
                <>
                  <h2 class="mt">{t("customers.nobody")}</h2>
                  <p class="lede">{t("customers.nobodyHint")}</p>
                </>
              )}
            </div>
            {found?.customer === null && found.by.kind === "CUSTOMER" && mayErase(roles) && (
              <EraseUnknown key={found.by.value} externalId={found.by.value} />
            )}
          </section>
          {found?.customer && (
            <CustomerCard
              key={found.customer.number}
              customer={found.customer}
              again={() => look(found.by)}
              title={<Title number={found.customer.number} />}
              whom={{ identifier: found.by }}
            />
          )}
          {found?.customer && !mayLink(roles) && (
            <Consents
              key={`c${found.customer.number}`}
              number={found.customer.number}
              identifier={found.by}
            />
          )}
        </div>
        {mayLink(roles) && (
          <aside class="stack">
            <ToSettle />
          </aside>
        )}
      </div>
    </>
  );
}

/** Its name, which leads to its page for who may find it there. */
function Title({ number }: { number: string }) {
  const { roles } = useViewer();
  const name = t("customers.customer", { number });
  return mayLink(roles) ? <a href={`/customers/${number}`}>{name}</a> : name;
}
