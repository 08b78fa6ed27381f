import { useRead } from "~/api/useRead.ts";
import { Field } from "~/parts/Field.tsx";
import { Trouble } from "~/parts/Trouble.tsx";
import { languageInUse, t } from "~/words/words.ts";
import { INDEX } from "./draft.ts";
import type { PartProps } from "./MetricForm.tsx";
import { StandardItemsDocument, type StandardItemsQuery } from "./queries.generated.ts";

type Item = NonNullable<StandardItemsQuery["standardItems"]>[number];

/** One of the standard questions, or several that make an index. */
export function StandardItems({ draft, change, wrong }: PartProps) {
  const [{ data, error }, again] = useRead({ query: StandardItemsDocument });
  if (error && data?.standardItems == null)
    return (
      <Trouble
        what={t("metrics.standardItems")}
        again={() => again({ requestPolicy: "network-only" })}
      />
    );
  const items = data?.standardItems ?? [];
  if (draft.kind === INDEX)
    return <OfIndex items={items} draft={draft} change={change} wrong={wrong} />;
  return (
    <Field label={t("metrics.chooseItem")} wrong={wrong("item", "standardItem")}>
      {(control) => (
        <select
          {...control}
          value={draft.item}
          onChange={(event) =>
            change({ item: event.currentTarget.value, answers: [], against: [] })
          }
        >
          <option value="">{t("metrics.choose")}</option>
          {items.map((item) => (
            <option key={item.key} value={item.key}>
              {saidBy(item)}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

function OfIndex({ items, draft, change, wrong }: PartProps & { items: Item[] }) {
  const problem = wrong("items", "standardItem", "survey", "question", "option");
  const others = draft.items.filter(({ standardItem }) => !standardItem);
  const ticked = draft.items.flatMap(({ standardItem }) => standardItem ?? []);
  const tick = (key: string, isOn: boolean) => {
    const kept = items.map((item) => item.key).filter((one) => ticked.includes(one));
    const keys = isOn ? [...kept, key] : kept.filter((one) => one !== key);
    change({ items: [...keys.map((standardItem) => ({ standardItem })), ...others] });
  };
  return (
    <fieldset>
      <legend>{t("metrics.chooseItems")}</legend>
      {items
        .filter(({ kind }) => kind === "RATING")
        .map((item) => (
          <label class="opt" key={item.key}>
            <input
              type="checkbox"
              checked={ticked.includes(item.key)}
              onChange={(event) => tick(item.key, event.currentTarget.checked)}
            />
            {saidBy(item)}
          </label>
        ))}
      {problem && (
        <span class="wrong" role="alert">
          {problem}
        </span>
      )}
    </fieldset>
  );
}

/** Its text in the language of the page. */
function saidBy({ text, texts }: Item): string {
  return texts.find(({ language }) => language === languageInUse())?.text ?? text;
}
