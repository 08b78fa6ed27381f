import type { Refusal } from "./refusals.ts";

/** What was refused and belongs to no field of the form. */
export function Refusals({ of }: { of: readonly Refusal[] }) {
  if (of.length === 0) return null;
  return (
    <div role="alert">
      {of.map(({ message }) => (
        <p class="wrong mt" key={message}>
          {message}
        </p>
      ))}
    </div>
  );
}
