import { Field } from "~/parts/Field.tsx";
import { useWrong } from "./wrongs.ts";

interface Props {
  name: string;
  label: string;
  hint?: string | undefined;
  value: string;
  set: (value: string) => void;
  /** Whole numbers are written with digits alone. */
  isNumber?: boolean;
}

/** One line to write in, with what is wrong with it. */
export function Named({ name, label, hint, value, set, isNumber = false }: Props) {
  const wrong = useWrong(name);
  return (
    <Field label={label} hint={hint} wrong={wrong}>
      {(control) => (
        <input
          {...control}
          autocomplete="off"
          dir="auto"
          inputMode={isNumber ? "numeric" : undefined}
          value={value}
          onInput={(event) => set(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}

/** What is wrong with something that is no single field. */
export function WrongHere({ name }: { name: string }) {
  const wrong = useWrong(name);
  if (wrong === undefined) return null;
  return (
    <p class="wrong" role="alert" tabIndex={-1}>
      {wrong}
    </p>
  );
}
