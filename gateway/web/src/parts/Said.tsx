interface Props {
  text: string;
  /** BCP 47 tag; empty for unknown. */
  language?: string | null | undefined;
}

/** A text that somebody wrote, in its own language; its direction turns nothing around it. */
export function Said({ text, language }: Props) {
  return <bdi lang={language || undefined}>{text}</bdi>;
}
