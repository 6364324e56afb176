import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

const plugin = resolve(import.meta.dirname, "..");
const tsc = resolve(plugin, "../../node_modules/.bin/tsc");

// The compiler's library takes every worker for a dedicated one.
const serviceWorker = `declare const registration: ServiceWorkerRegistration;
declare const clients: Clients;
declare function addEventListener<Name extends keyof ServiceWorkerGlobalScopeEventMap>(
  name: Name,
  listener: (event: ServiceWorkerGlobalScopeEventMap[Name]) => unknown,
): void;
`;

/** What the compiler says of code that a browser runs, in a page or in a service worker; empty when it compiles. */
export async function compileCode(code: string, { name, lib }: { name: string; lib: "dom" | "webworker" }) {
  const folder = mkdtempSync(join(tmpdir(), "wend-web-readme-"));
  const compilerOptions = {
    lib: ["es2025", lib],
    module: "esnext",
    moduleResolution: "bundler",
    types: [],
    strict: true,
    noEmit: true,
    allowJs: true,
    checkJs: true,
    skipLibCheck: true,
    allowImportingTsExtensions: true,
    paths: { "@wend/web/browser": [join(plugin, "src/browser/index.ts")] },
  };
  writeFileSync(join(folder, name), code);
  writeFileSync(join(folder, "globals.d.ts"), lib === "webworker" ? serviceWorker : "");
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["globals.d.ts", name] }));
  try {
    const ended = promisify(execFile)(tsc, ["-p", folder, "--pretty", "false"]);
    return (await ended.catch((error: { stdout: string }) => error)).stdout;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
