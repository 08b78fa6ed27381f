import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";

interface Props<T extends string> {
  label: string;
  name: string;
  options: readonly { value: T; label: ComponentChildren; hint?: string }[];
  value: T;
  wrong?: string | undefined;
  choose: (value: T) => void;
}

/** One of several, all of them to be seen. */
export function Choice<T extends string>({ label, name, options, value, wrong, choose }: Props<T>) {
  const id = useId();
  return (
    <fieldset aria-describedby={wrong && `${id}-wrong`}>
      <legend>{label}</legend>
      {options.map((option) => (
        <label class="opt" key={option.value}>
          <input
            type="radio"
            name={name}
            checked={option.value === value}
            onChange={() => choose(option.value)}
          />
          <span>
            {option.label}
            {option.hint && <span class="muted"> {option.hint}</span>}
          </span>
        </label>
      ))}
      {wrong && (
        <span class="wrong" id={`${id}-wrong`} role="alert">
          {wrong}
        </span>
      )}
    </fieldset>
  );
}
