import { useRef, useState } from "preact/hooks";
import { t } from "~/words/words.ts";
import { type Answer, ask } from "./asking.ts";

interface Shown {
  text: string;
  status?: number;
  ms?: number;
  cost?: { charged: number; limit: number } | undefined;
}

export interface Wish {
  query: string;
  variables: string;
  operationName: string | undefined;
  token: string;
}

/** Asks, and holds what is shown of the answer. */
export function useAsking() {
  const [shown, setShown] = useState<Shown>({ text: "" });
  const [isRunning, setRunning] = useState(false);
  const ending = useRef<AbortController>(undefined);
  const stop = () => ending.current?.abort();

  const run = async ({ query, variables, operationName, token }: Wish) => {
    stop();
    const given = objectIn(variables);
    if (given === undefined) {
      setShown({ text: t("explorer.notJson") });
      return;
    }
    const controller = new AbortController();
    ending.current = controller;
    setRunning(true);
    const began = performance.now();
    const tell = ({ status, body }: Answer) => {
      const { extensions } = body as { extensions?: { cost?: Shown["cost"] } };
      const ms = Math.round(performance.now() - began);
      const text = JSON.stringify(body, null, 2);
      setShown((before) => ({ text, status, ms, cost: extensions?.cost ?? before.cost }));
    };
    try {
      const asked = { query, variables: given, operationName };
      setShown({ text: "" });
      await ask(asked, token.trim(), controller.signal, tell);
    } catch {
      if (!controller.signal.aborted) setShown({ text: t("explorer.unreached") });
    }
    if (ending.current === controller) setRunning(false);
  };
  return { shown, isRunning, run, stop };
}

/** The object that a text holds, an empty text none; undefined for what is no object. */
function objectIn(text: string): Record<string, unknown> | undefined {
  if (text.trim() === "") return {};
  try {
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
    return isObject ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
