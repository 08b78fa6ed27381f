import type { EditorView } from "@codemirror/view";
import type { GraphQLSchema } from "graphql";
import { useEffect, useRef } from "preact/hooks";
import { type Kind, knowSchema, openEditor, write } from "./codemirror.ts";

interface Props {
  kind: Kind;
  label: string;
  /** What it holds until it is written on; another object is another text, an older render of the same one is not. */
  content: { text: string };
  schema?: GraphQLSchema | undefined;
  onChange?: (text: string) => void;
  onRun: () => void;
}

const ignore = () => undefined;

/** A text with lines, colours and completion. */
export function Editor({ kind, label, content, schema, onChange = ignore, onRun }: Props) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(undefined);
  const heard = useRef({ onChange, onRun });
  heard.current = { onChange, onRun };
  const first = useRef(content);
  useEffect(() => {
    if (host.current === null) return undefined;
    const opened = openEditor(
      host.current,
      kind,
      label,
      first.current.text,
      (written) => heard.current.onChange(written),
      () => heard.current.onRun(),
    );
    view.current = opened;
    return () => opened.destroy();
  }, [kind, label]);
  useEffect(() => {
    if (view.current !== undefined) write(view.current, content.text);
  }, [content]);
  useEffect(() => {
    if (view.current !== undefined && schema !== undefined) knowSchema(view.current, schema);
  }, [schema]);
  return <div class={`editor ${kind}`} ref={host} />;
}
