import type { CodegenConfig } from "@graphql-codegen/cli";

// Every queries.graphql gets typed documents beside it, so that a page carries its own queries alone.
const config: CodegenConfig = {
  schema: "../schema.graphql",
  documents: "src/**/*.graphql",
  config: {
    avoidOptionals: { field: true, object: false, inputValue: false },
    enumsAsTypes: true,
    useTypeImports: true,
    scalars: { Cents: "number", Date: "string", DateTime: "string", ID: "string" },
    strictScalars: true,
    dedupeFragments: true,
  },
  generates: {
    "src/api/types.generated.ts": { plugins: ["typescript"] },
    "src/": {
      preset: "near-operation-file",
      presetConfig: { extension: ".generated.ts", baseTypesPath: "api/types.generated.ts" },
      plugins: ["typescript-operations", "typed-document-node"],
    },
  },
};

export default config;
