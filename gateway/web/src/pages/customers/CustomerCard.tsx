import { type ComponentChildren, Fragment } from "preact";
import { useState } from "preact/hooks";
import type { RequestErasureInput } from "~/api/types.generated.ts";
import { AskErasure } from "~/pages/privacy/AskErasure.tsx";
import { Said } from "~/parts/Said.tsx";
import { useHere } from "~/place/place.ts";
import { useViewer } from "~/shell/viewer.ts";
import { list, moment } from "~/words/format.ts";
import { t } from "~/words/words.ts";
import { mayErase, mayLink, mayReveal, mayUnlink } from "./deeds.ts";
import { Join } from "./Join.tsx";
import { type Kind, nameOf, useKinds } from "./kinds.ts";
import type { CustomerShownFragment, RevealCustomerMutation } from "./queries.generated.ts";
import { Reveal } from "./Reveal.tsx";
import { TakeApart } from "./TakeApart.tsx";

type Plain = RevealCustomerMutation["revealCustomer"];
type Link = CustomerShownFragment["links"][number];
type Doing = "reveal" | "join" | "erase" | { apart: Link } | undefined;

interface Props {
  customer: CustomerShownFragment;
  /** Reads the customer again. */
  again: () => void;
  /** What stands above it. */
  title: ComponentChildren;
  /** By what it is named where its erasure is asked for. */
  whom: Omit<RequestErasureInput, "reason">;
}

/** What a customer is known by, what joins it, and what may be done about it. */
export function CustomerCard({ customer, again, title, whom }: Props) {
  const { roles } = useViewer();
  const kinds = useKinds();
  const [doing, setDoing] = useState<Doing>();
  const [plain, setPlain] = useState<Plain>();
  const [told, setTold] = useState("");
  const [isAsked, setAsked] = useState(false);
  const leave = () => setDoing(undefined);
  const done = (words: string) => {
    setTold(words);
    leave();
    again();
  };
  const { number } = customer;
  return (
    <section class="card" aria-label={t("customers.knownAs")}>
      <h2>{title}</h2>
      <p role="status" class={told && "note-bar"}>
        {told}
      </p>
      {isAsked && (
        <p>
          <a href="/privacy">{t("privacy.toRequests")}</a>
        </p>
      )}
      <Aliases customer={customer} kinds={kinds} plain={plain} />
      <Attributes names={customer.attributes} plain={plain} />
      {customer.links.length > 0 && (
        <Links
          links={customer.links}
          nameOfAlias={(number) => {
            const kind = customer.aliases.find((alias) => alias.number === number)?.kind ?? "";
            return t("customers.named", { kind: nameOf(kinds, kind), number });
          }}
          act={mayUnlink(roles) ? (link) => setDoing({ apart: link }) : undefined}
        />
      )}
      {doing === "reveal" && (
        <Reveal
          number={number}
          leave={leave}
          done={(read) => {
            setPlain(read);
            leave();
          }}
        />
      )}
      {doing === "join" && <Join number={number} leave={leave} done={done} />}
      {doing === "erase" && (
        <AskErasure
          whom={whom}
          leave={leave}
          done={(words) => {
            setAsked(true);
            done(words);
          }}
        />
      )}
      {typeof doing === "object" && (
        <TakeApart key={doing.apart.a} link={doing.apart} leave={leave} done={done} />
      )}
      {doing === undefined && (
        <div class="acts">
          {mayReveal(roles) && plain === undefined && (
            <button class="btn" type="button" onClick={() => setDoing("reveal")}>
              {t("customers.reveal")} …
            </button>
          )}
          {plain !== undefined && (
            <button class="btn" type="button" onClick={() => setPlain(undefined)}>
              {t("customers.hide")}
            </button>
          )}
          {mayLink(roles) && (
            <button class="btn" type="button" onClick={() => setDoing("join")}>
              {t("customers.join")} …
            </button>
          )}
          {mayErase(roles) && (
            <button class="btn" type="button" onClick={() => setDoing("erase")}>
              {t("privacy.ask")} …
            </button>
          )}
        </div>
      )}
    </section>
  );
}

interface AliasesProps {
  customer: CustomerShownFragment;
  kinds: readonly Kind[];
  plain: Plain | undefined;
}

function Aliases({ customer, kinds, plain }: AliasesProps) {
  const { timeZone } = useHere();
  const plainOf = (number: string) =>
    plain?.aliases.find((alias) => alias.number === number)?.value;
  return (
    <table class="tbl fold mt">
      <caption class="vh">{t("customers.knownAs")}</caption>
      <thead>
        <tr>
          <th scope="col">{t("customers.kind")}</th>
          <th scope="col">{t("customers.valueShort")}</th>
          <th scope="col">{t("customers.number")}</th>
          <th scope="col">{t("customers.since")}</th>
        </tr>
      </thead>
      <tbody>
        {customer.aliases.map(({ number, kind, since }) => {
          const value = plainOf(number);
          return (
            <tr key={number}>
              <th scope="row">{nameOf(kinds, kind)}</th>
              <td data-l={t("customers.valueShort")}>
                {value === undefined ? (
                  <span class="muted">{t("customers.hidden")}</span>
                ) : (
                  <Said text={value} />
                )}
              </td>
              <td data-l={t("customers.number")}>{number}</td>
              <td data-l={t("customers.since")}>{moment(since, timeZone)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function Attributes({ names, plain }: { names: readonly string[]; plain: Plain | undefined }) {
  if (plain === undefined) {
    if (names.length === 0) return null;
    return <p class="small muted mt">{t("customers.alsoKnown", { names: list([...names]) })}</p>;
  }
  return (
    <dl class="kv">
      {plain.attributes.map(({ name, value }) => (
        <Fragment key={name}>
          <dt>{name}</dt>
          <dd>
            <Said text={value} />
          </dd>
        </Fragment>
      ))}
    </dl>
  );
}

interface LinksProps {
  links: readonly Link[];
  nameOfAlias: (number: string) => string;
  act: ((link: Link) => void) | undefined;
}

function Links({ links, nameOfAlias, act }: LinksProps) {
  const { timeZone } = useHere();
  return (
    <>
      <h3 class="mt">{t("customers.links")}</h3>
      <ul class="items">
        {links.map((link) => (
          <li key={`${link.a} ${link.b}`}>
            <div>
              <b>
                {t("customers.pair", { first: nameOfAlias(link.a), second: nameOfAlias(link.b) })}
              </b>
              <p>
                {t(`customers.reason_${link.reason}`)}
                {link.source !== null && (
                  <>
                    {" · "}
                    <Said text={link.source} />
                  </>
                )}
                {` · ${moment(link.at, timeZone)} · ${link.by}`}
              </p>
            </div>
            {act && (
              <button class="btn" type="button" onClick={() => act(link)}>
                {t("customers.takeApart")} …
              </button>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
