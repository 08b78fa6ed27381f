import preact from "@preact/preset-vite";
import { defineConfig } from "vitest/config";
import { words } from "./tools/words/plugin.ts";

const GATEWAY = process.env.CXM_GATEWAY_PUBLIC_ADDRESS ?? "http://127.0.0.1:8000";

export default defineConfig({
  plugins: [preact({ reactAliasesEnabled: false }), words()],
  resolve: {
    alias: {
      "~": new URL("./src", import.meta.url).pathname,
    },
  },
  build: {
    target: "es2022",
    assetsInlineLimit: 0, // the policy of the page takes no data: addresses
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 700, // the explorer's; tools/budget.ts judges what pages wait for
    rolldownOptions: {
      input: ["index.html", "explorer.html"],
      checks: { pluginTimings: false }, // a busy machine is no fault of a plugin
      output: {
        // Few files: a browser asks for six at a time, and each costs more to ask for than to read.
        codeSplitting: {
          groups: [
            { name: "frame", test: /\/src\/(api|parts|place|shell|words)\/|\/node_modules\/d3-/ },
          ],
        },
      },
    },
  },
  server: {
    proxy: Object.fromEntries(
      ["/graphql", "/signin", "/signout", "/imports", "/exports", "/r", "/i"].map((path) => [
        path,
        { target: GATEWAY, ws: path === "/graphql" },
      ]),
    ),
  },
  test: { include: ["src/**/*.test.ts", "src/**/*.test.tsx", "tools/**/*.test.ts"] },
});
