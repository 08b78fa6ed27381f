import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
} from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { json } from "@codemirror/lang-json";
import {
  bracketMatching,
  foldGutter,
  foldKeymap,
  HighlightStyle,
  indentOnInput,
  syntaxHighlighting,
} from "@codemirror/language";
import { EditorState, type Extension, Prec } from "@codemirror/state";
import { drawSelection, EditorView, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { graphql, updateSchema } from "cm6-graphql";
import type { GraphQLSchema } from "graphql";

export type Kind = "graphql" | "json" | "answer";

const COLOURS = HighlightStyle.define([
  { tag: [tags.keyword, tags.definitionKeyword], color: "var(--worse)" },
  { tag: [tags.propertyName, tags.attributeName], color: "var(--cx)" },
  { tag: [tags.string, tags.number, tags.bool, tags.null, tags.atom], color: "var(--better)" },
  { tag: [tags.variableName, tags.special(tags.name)], color: "var(--ex)" },
  { tag: [tags.comment], color: "var(--ink-2)" },
]);

const LOOK = EditorView.theme({
  "&": { color: "var(--ink)", backgroundColor: "var(--surface)", height: "100%" },
  ".cm-scroller": {
    fontFamily: 'ui-monospace, "SF Mono", Menlo, Consolas, monospace',
    fontSize: "0.875rem",
    lineHeight: "1.5",
  },
  ".cm-content": { caretColor: "var(--ink)" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  "&.cm-focused": { outline: "none" },
  ".cm-gutters": { color: "var(--ink-2)", backgroundColor: "var(--surface)", border: "none" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground":
    { background: "var(--cx-band)" },
  ".cm-tooltip": {
    color: "var(--ink)",
    backgroundColor: "var(--surface)",
    border: "1px solid var(--control)",
    maxWidth: "min(28rem, 90vw)",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": {
    color: "var(--ink)",
    background: "var(--cx-band)",
  },
  ".cm-completionInfo": { whiteSpace: "pre-line" },
});

/** What is typed over a selection: a browser would keep its colour as an inline style, which the policy refuses. */
const TYPED_OVER = EditorView.domEventHandlers({
  beforeinput(event, view) {
    const isTyped = event.inputType === "insertText" && event.data !== null && !view.composing;
    if (!isTyped || view.state.selection.main.empty || view.state.readOnly) return false;
    view.dispatch(view.state.replaceSelection(event.data), {
      userEvent: "input.type",
      scrollIntoView: true,
    });
    return true;
  },
});

/** Sheets are adopted by a shadow root: into the page itself they would be written as styles, which its policy refuses. */
export function openEditor(
  host: HTMLElement,
  kind: Kind,
  label: string,
  text: string,
  onChange: (text: string) => void,
  onRun: () => void,
): EditorView {
  const root = host.shadowRoot ?? host.attachShadow({ mode: "open" });
  const run = {
    key: "Mod-Enter",
    run: () => {
      onRun();
      return true;
    },
  };
  const told = EditorView.updateListener.of((update) => {
    if (update.docChanged) onChange(update.state.doc.toString());
  });
  const shared: Extension[] = [
    Prec.highest(keymap.of([run])),
    lineNumbers(),
    foldGutter(),
    drawSelection(),
    bracketMatching(),
    syntaxHighlighting(COLOURS),
    LOOK,
    TYPED_OVER,
    EditorView.lineWrapping,
    EditorView.contentAttributes.of({ "aria-label": label, tabindex: "0" }),
    keymap.of([...defaultKeymap, ...foldKeymap]),
    told,
  ];
  const state = EditorState.create({ doc: text, extensions: [...shared, extensionsOf(kind)] });
  return new EditorView({ state, parent: root, root });
}

function extensionsOf(kind: Kind): Extension {
  if (kind === "answer") return [json(), EditorState.readOnly.of(true)];
  const written = [
    history(),
    indentOnInput(),
    closeBrackets(),
    keymap.of([...closeBracketsKeymap, ...historyKeymap, ...completionKeymap, indentWithTab]),
  ];
  return kind === "json" ? [written, json()] : [written, autocompletion(), graphql()];
}

/** Lets the editor complete and check by a schema. */
export function knowSchema(view: EditorView, schema: GraphQLSchema): void {
  updateSchema(view, schema);
}

/** Puts another text in the place of all. */
export function write(view: EditorView, text: string): void {
  if (view.state.doc.toString() === text) return;
  view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
}
