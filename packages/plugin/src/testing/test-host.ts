import { lookup } from "node:dns/promises";
import type { PluginHost, PluginLog } from "../contract.ts";

/** One line a plugin has logged. */
export interface LogLine {
  readonly level: "debug" | "info" | "warn" | "error";
  readonly fields: object;
  readonly message: string;
}

/** A host that keeps what the plugin logs. */
export interface TestHost extends PluginHost {
  readonly lines: readonly LogLine[];
}

/**
 * A host for tests: the real `fetch` and name resolution without the guard, so that they reach a server on
 * this machine. Anything can be replaced, the clock above all.
 *
 * @example
 * const host = createTestHost({ now: () => Date.UTC(2026, 0, 1) });
 */
export function createTestHost(parts: Partial<PluginHost> = {}): TestHost {
  const lines: LogLine[] = [];
  const write =
    (level: LogLine["level"]): PluginLog["info"] =>
    (fields, message) => {
      lines.push({ level, fields, message });
    };
  return {
    log: { debug: write("debug"), info: write("info"), warn: write("warn"), error: write("error") },
    now: Date.now,
    fetch: globalThis.fetch,
    resolveHost: async (host) => {
      const { address, family } = await lookup(host);
      return { address, family: family === 6 ? 6 : 4 };
    },
    lines,
    ...parts,
  };
}
