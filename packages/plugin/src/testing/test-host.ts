import type { Blob, CustomerDelivery, PluginHost, PluginLog } from "../contract/host.ts";
import { WendError } from "../errors.ts";
import { openSocket } from "./open-socket.ts";
import { createTestDeliveries } from "./test-deliveries.ts";
import { createTestLinks } from "./test-links.ts";

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

/** What a test host has of its own. */
export interface TestHostParts extends Partial<PluginHost> {
  /** Attachments by id. */
  readonly stored?: { readonly [id: string]: Blob };
  /** What each customer was sent, by profile id, oldest first; what is added later is a change. */
  readonly sent?: { readonly [profileId: string]: readonly CustomerDelivery[] };
}

/**
 * A host for tests: the real `fetch` and real sockets without the guard, so that they reach a server on this machine;
 * state, links, attachments and deliveries of its own. Anything can be replaced, the clock above all.
 *
 * @example
 * const host = createTestHost({ now: () => Date.UTC(2026, 0, 1) });
 */
export function createTestHost({ stored = {}, sent = {}, ...parts }: TestHostParts = {}): TestHost {
  const lines: LogLine[] = [];
  const write =
    (level: LogLine["level"]): PluginLog["info"] =>
    (fields, message) => {
      lines.push({ level, fields, message });
    };
  const state = new Map<string, string>();
  return {
    log: { debug: write("debug"), info: write("info"), warn: write("warn"), error: write("error") },
    now: Date.now,
    fetch: globalThis.fetch,
    connect: openSocket,
    links: createTestLinks(),
    blobs: { load: async (id) => stored[id] ?? notStored(id) },
    deliveries: createTestDeliveries(sent),
    state: {
      get: async (key) => state.get(key),
      getAll: async (keys) => new Map([...state].filter(([key]) => keys.includes(key))),
      set: async (key, value) => void (value === undefined ? state.delete(key) : state.set(key, value)),
    },
    lines,
    ...parts,
  };
}

function notStored(id: string): never {
  throw new WendError("blob.not_found", { detail: `It was asked for as ${id}.` });
}
