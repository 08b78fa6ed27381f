import { useState } from "preact/hooks";
import { DeedForm } from "~/parts/DeedForm.tsx";
import { Field } from "~/parts/Field.tsx";
import type { Refusal } from "~/parts/refusals.ts";
import { useDeed } from "~/parts/useDeed.ts";
import { t } from "~/words/words.ts";
import { parted } from "./inputOf.ts";
import {
  CreateSiteDocument,
  type SiteShownFragment,
  UpdateSiteDocument,
} from "./queries.generated.ts";

const NAMES = ["name", "origins", "departments", "rate"] as const;

interface Props {
  /** Absent: a new one. */
  site?: SiteShownFragment;
  /** The secret is that of a new site. */
  done: (site: SiteShownFragment, secret: string | null) => void;
  leave: () => void;
}

/** A site is made or changed. */
export function EditSite({ site, done, leave }: Props) {
  const [texts, setTexts] = useState({
    name: site?.name ?? "",
    origins: site?.origins.join("\n") ?? "",
    departments: site?.departments.join("\n") ?? "",
    rate: String(site?.factsAMinute ?? 60),
  });
  const made = useDeed(CreateSiteDocument, (data) => data.createSite.userErrors);
  const changed = useDeed(UpdateSiteDocument, (data) => data.updateSite.userErrors);
  const { refusals, isBusy } = site === undefined ? made : changed;
  const submit = async () => {
    const input = {
      name: texts.name,
      origins: parted(texts.origins),
      departments: parted(texts.departments),
      factsAMinute: Number.parseInt(texts.rate, 10) || 0,
      paused: site?.paused ?? false,
    };
    if (site === undefined) {
      const { createSite } = (await made.perform({ input: { site: input } })) ?? {};
      if (createSite?.site) done(createSite.site, createSite.secret);
    } else {
      const { updateSite } =
        (await changed.perform({ input: { key: site.key, site: input } })) ?? {};
      if (updateSite?.site) done(updateSite.site, null);
    }
  };
  const title = t(site === undefined ? "sites.make" : "sites.change");
  return (
    <DeedForm
      level={site === undefined ? 2 : 3}
      title={title}
      act={t("sites.save")}
      isBusy={isBusy}
      refused={refusals.filter((refusal) => NAMES.every((name) => !isOf(refusal, name)))}
      submit={submit}
      leave={leave}
    >
      {NAMES.map((name) => (
        <Field
          key={name}
          label={t(`sites.${name}`)}
          hint={t(`sites.hint_${name}`)}
          wrong={refusals.find((refusal) => isOf(refusal, name))?.message}
        >
          {(control) =>
            name === "origins" || name === "departments" ? (
              <textarea
                {...control}
                rows={3}
                spellcheck={false}
                value={texts[name]}
                onInput={(event) => setTexts({ ...texts, [name]: event.currentTarget.value })}
              />
            ) : (
              <input
                {...control}
                autocomplete="off"
                inputMode={name === "rate" ? "numeric" : "text"}
                maxLength={100}
                value={texts[name]}
                onInput={(event) => setTexts({ ...texts, [name]: event.currentTarget.value })}
              />
            )
          }
        </Field>
      ))}
    </DeedForm>
  );
}

/** Whether a refusal stands at a field, or at one of its items. */
function isOf({ field }: Refusal, name: (typeof NAMES)[number]): boolean {
  return (field ?? []).includes(name === "rate" ? "factsAMinute" : name);
}
