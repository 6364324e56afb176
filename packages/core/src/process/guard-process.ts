import { errorTable, WendError } from "@wend/plugin";
import type { Logger } from "pino";
import { readForeign } from "../connections/read-foreign.ts";
import { stackFrames } from "../connections/stack-frames.ts";
import type { Culprit, PluginFolder, Stray } from "./culprit.ts";
import { findCulprit } from "./culprit.ts";
import type { PluginScope } from "./plugin-scope.ts";
import { currentPlugin } from "./plugin-scope.ts";

export interface ProcessGuard {
  /** Resolves when the process has to end because its own code failed. Its exit code is set, and its end within 30 s. */
  readonly failed: Promise<void>;
}

const lastMs = 30_000;

/**
 * Takes whatever error of this process reaches nobody. A plugin's is logged, and the process goes on: nothing of ours
 * was under way when it was thrown. Our own ends the process, for it may have left something half done. What nobody can
 * be told from the stack ends it too, unless it is a rejected promise: libraries leave those behind when a server goes away,
 * and whatever they were about is in Postgres. No line has the words of an error, which may hold a secret or an address.
 */
export function guardProcess(log: Logger, folders: readonly PluginFolder[]): ProcessGuard {
  const { promise: failed, resolve: fail } = Promise.withResolvers<void>();
  const end = (): void => {
    process.exitCode = 1;
    setTimeout(() => process.exit(1), lastMs).unref();
    fail();
  };
  const take = (error: unknown, origin: Stray["origin"]): void => {
    const scope = currentPlugin();
    const culprit = readForeign(() => findCulprit({ error, origin, scope, folders })) ?? blame(scope);
    const { kind, ...who } = culprit;
    const line = { ...who, origin, code: codeOf(error), frames: stackFrames(error) };
    if (kind === "plugin") {
      log.error(line, "a plugin left an error to nobody");
    } else if (isFatal(culprit, origin)) {
      log.fatal(line, "the process failed and ends");
      end();
    } else {
      log.error(line, "an error reached nobody");
    }
  };
  process.on("unhandledRejection", (error) => take(error, "rejection"));
  process.on("uncaughtException", (error) => take(error, "exception"));
  return { failed };
}

const blame = (scope: PluginScope | undefined): Culprit => (scope ? { kind: "plugin", ...scope } : { kind: "unknown" });

const isFatal = ({ kind }: Culprit, origin: Stray["origin"]): boolean => kind === "own" || origin === "exception";

// A code of ours, or of the platform's: any other text may be what somebody wrote into it.
const codeOf = (error: unknown): string | undefined => readForeign(() => knownCodeOf(error));

function knownCodeOf(error: unknown): string | undefined {
  const code: unknown = error instanceof Error && "code" in error ? error.code : undefined;
  if (typeof code !== "string") return undefined;
  if (error instanceof WendError) return Object.hasOwn(errorTable, code) ? code : undefined;
  return /^(?:E[A-Z]{2,15}|ERR_[A-Z_]{1,50})$/.test(code) ? code : undefined;
}
