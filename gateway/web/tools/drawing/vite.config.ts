import { mergeConfig } from "vite";
import web from "../../vite.config.ts";

export default mergeConfig(web, {
  build: {
    outDir: "../../build/drawing",
    emptyOutDir: true,
    rolldownOptions: { input: "tools/drawing/index.html" },
  },
});
