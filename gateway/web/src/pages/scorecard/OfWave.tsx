import { useRead } from "~/api/useRead.ts";
import { spoken } from "~/parts/texts.ts";
import { wallOf } from "~/place/clock.ts";
import { addressOf, useHere, usePlace } from "~/place/place.ts";
import { day } from "~/words/format.ts";
import { languageInUse, t } from "~/words/words.ts";
import { WaveOfScoreDocument } from "./queries.generated.ts";

interface Props {
  /** Its key. */
  wave: string;
  /** Key of the department whose results it leads to, where that is not the one of the page. */
  department?: string | undefined;
}

/** Which wave the numbers are of, and the way to all its results. */
export function OfWave({ wave, department }: Props) {
  const place = usePlace();
  const of = department === undefined ? place : { ...place, department };
  const { timeZone } = useHere();
  const [{ data }] = useRead({ query: WaveOfScoreDocument, variables: { key: wave } });
  const found = data?.wave;
  const closedAt = found?.closedAt;
  const name = found
    ? spoken({ text: found.name, texts: found.names }, found.language, languageInUse()).text
    : wave;
  return (
    <>
      <a href={addressOf("/staff", of, { wave })}>
        <bdi>{name}</bdi>
      </a>
      {closedAt &&
        ` · ${t("scorecard.closed", { day: day(wallOf(closedAt, timeZone).slice(0, 10)) })}`}
    </>
  );
}
