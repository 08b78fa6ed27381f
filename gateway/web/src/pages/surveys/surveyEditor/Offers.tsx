import { useState } from "preact/hooks";
import { useRead } from "~/api/useRead.ts";
import { PickDepartment, type Picked } from "~/parts/PickDepartment.tsx";
import { Said } from "~/parts/Said.tsx";
import { Trouble } from "~/parts/Trouble.tsx";
import { t } from "~/words/words.ts";
import { TouchpointsToOfferDocument } from "../queries.generated.ts";
import type { Form, Offering } from "./form.ts";
import { WrongHere } from "./Named.tsx";

const WAYS: readonly Offering[] = ["nothing", "chosen", "everything"];

interface Props {
  form: Form;
  change: (form: Form) => void;
}

/** What who answers without signing in may count for, beside the survey's department. */
export function Offers({ form, change }: Props) {
  return (
    <fieldset>
      <legend>{t("surveyEditor.offers")}</legend>
      {WAYS.map((way) => (
        <label class="opt" key={way}>
          <input
            type="radio"
            name="offers"
            checked={form.offering === way}
            onChange={() => change({ ...form, offering: way })}
          />
          {t(`surveyEditor.offers_${way}`)}
        </label>
      ))}
      <WrongHere name="offers" />
      {form.offering === "chosen" && <Chosen form={form} change={change} />}
    </fieldset>
  );
}

function Chosen({ form, change }: Props) {
  const [at, setAt] = useState<Picked>();
  const { departments, touchpoints } = form;
  return (
    <div class="pick mt">
      <Chips
        items={departments}
        drop={(key) => change({ ...form, departments: without(departments, key) })}
      />
      <Chips
        items={touchpoints}
        drop={(key) => change({ ...form, touchpoints: without(touchpoints, key) })}
      />
      <PickDepartment label={t("surveyEditor.offerOf")} value={at} pick={setAt} />
      {at && (
        <div class="acts">
          <button
            class="btn"
            type="button"
            onClick={() => change({ ...form, departments: [...without(departments, at.key), at] })}
          >
            {t("surveyEditor.offerDepartment")}
          </button>
          <TouchpointsOf
            department={at.key}
            add={(one) => change({ ...form, touchpoints: [...without(touchpoints, one.key), one] })}
          />
        </div>
      )}
    </div>
  );
}

function TouchpointsOf({ department, add }: { department: string; add: (one: Picked) => void }) {
  const [{ data, error }, again] = useRead({
    query: TouchpointsToOfferDocument,
    variables: { department },
  });
  return (
    <>
      {error && (
        <Trouble
          what={t("departments.touchpoints")}
          again={() => again({ requestPolicy: "network-only" })}
        />
      )}
      {data?.department?.touchpoints?.edges.map(({ node }) => (
        <button key={node.key} class="btn" type="button" onClick={() => add(node)}>
          <span class="muted">{t("surveyEditor.offerTouchpoint")}</span> <Said text={node.name} />
        </button>
      ))}
    </>
  );
}

function Chips({ items, drop }: { items: Picked[]; drop: (key: string) => void }) {
  if (items.length === 0) return null;
  return (
    <ul class="chips">
      {items.map(({ key, name }) => (
        <li key={key}>
          <Said text={name} />{" "}
          <button
            class="btn"
            type="button"
            aria-label={`${t("surveyEditor.remove")}: ${name}`}
            onClick={() => drop(key)}
          >
            {t("surveyEditor.remove")}
          </button>
        </li>
      ))}
    </ul>
  );
}

function without(items: Picked[], key: string): Picked[] {
  return items.filter((item) => item.key !== key);
}
