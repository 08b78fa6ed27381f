// The manifest of the documents that the pages send, by the SHA-256 of each text: a hardened gateway runs no others.
import { createHash } from "node:crypto";
import { globSync, mkdirSync, writeFileSync } from "node:fs";
import { formatDocument, stringifyDocument, type TypedDocumentNode } from "@urql/core";
import type { DocumentNode } from "graphql";

const src = new URL("../src/", import.meta.url).pathname;
const folder = new URL("../dist/documents/", import.meta.url).pathname;

/** What the client sends: its cache asks for `__typename` too, but not of subscriptions, which pass it by. */
function textOf(document: DocumentNode): string | undefined {
  const operation = document.definitions.find((each) => each.kind === "OperationDefinition");
  if (operation === undefined) return undefined; // a fragment alone
  const isAnswered = operation.operation !== "subscription";
  const sent = isAnswered ? formatDocument(document as TypedDocumentNode) : document;
  return stringifyDocument(sent as DocumentNode);
}

const texts: Record<string, string> = {};
for (const name of globSync("**/*.generated.ts", { cwd: src }).sort()) {
  const exported: Record<string, unknown> = await import(`${src}${name}`);
  for (const value of Object.values(exported)) {
    if ((value as DocumentNode | undefined)?.kind !== "Document") continue;
    const text = textOf(value as DocumentNode);
    if (text !== undefined) texts[createHash("sha256").update(text).digest("hex")] = text;
  }
}
mkdirSync(folder, { recursive: true });
writeFileSync(`${folder}pages.json`, JSON.stringify(texts, null, 1));
