import type { CodegenConfig } from "@graphql-codegen/cli";

// Types of every operation, by `graphql-codegen`. Beside it: schema.graphql, a copy of the one in gateway/.
const config: CodegenConfig = {
  schema: "schema.graphql",
  documents: "operations/*.graphql",
  config: {
    scalars: {
      ID: "string", // opaque; ids of responses are UUIDs
      Date: "string", // 2026-01-31, a day in the organisation's time zone: new Date() would shift it
      DateTime: "string", // RFC 3339, UTC
      Cents: "number", // whole
    },
    strictScalars: true, // a scalar that this map does not name is an error, not `any`
    enumsAsTypes: true,
    useTypeImports: true,
    avoidOptionals: { field: true, object: false, inputValue: false },
  },
  generates: {
    "generated.ts": { plugins: ["typescript-operations", "typed-document-node"] },
  },
};

export default config;
