import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { conditions: ["@wend/source"] },
  // Where vitest runs the global setup. Without the condition it would find `dist`, or on a clean checkout nothing.
  environments: { __vitest__: { resolve: { conditions: ["@wend/source"] } } },
  ssr: { resolve: { conditions: ["@wend/source"], externalConditions: ["@wend/source"] } },
  test: {
    include: [
      "{apps,packages,plugins,examples,examples/plugins,apps/cli/templates}/*/test/**/*.test.ts",
      "{bench,test}/**/*.test.ts",
    ],
    exclude: ["**/node_modules/**", "**/dist/**"],
    typecheck: {
      enabled: true,
      include: ["**/test/**/*.test-d.ts"],
      tsconfig: "./tsconfig.json",
      // Errors outside the type tests belong to `pnpm types`; here they would only hide which test failed.
      ignoreSourceErrors: true,
    },
    globalSetup: "./test/global-setup.ts",
    setupFiles: "./test/setup.ts",
    maxWorkers: "100%",
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
