import type { Connection, CustomerTokens, ServeRuntime, StoreFacts, TokenGrant } from "@wend/core";
import {
  createConnection,
  createConnections,
  createCustomerTokens,
  createOutbound,
  createPluginRegistry,
  createSecretBox,
  createWorkspace,
  inWorkspace,
  uuidv7,
} from "@wend/core";
import type { TestStore } from "@wend/core/testing";
import { createTestStore } from "@wend/core/testing";
import type { Plugin } from "@wend/plugin";
import { pino } from "pino";
import type { ApiServer, ServeOptions } from "../src/index.ts";
import { serveApi } from "../src/index.ts";
import { acceptOn } from "./harness.ts";
import type { Serve } from "./page-plugin.ts";
import { createPagePlugin } from "./page-plugin.ts";

export interface CustomerWorld {
  readonly db: TestStore;
  readonly server: ApiServer;
  readonly tokens: CustomerTokens;
  /** What connections have told, and a way to fail at it. */
  readonly stored: Parameters<StoreFacts>[];
  storing: () => Promise<void>;
  /** Of the last test that said so. */
  readonly script: { serve: Serve };
  readonly logged: string[];
  connect(key: string, config?: { mute: boolean }, workspaceId?: number): Promise<Connection>;
  token(grant?: Partial<TokenGrant>, workspaceId?: number): Promise<string>;
  ask(path: string, init?: RequestInit): Promise<Response>;
  close(): Promise<void>;
}

export const profileId = uuidv7();

/** A server with a plugin that answers browsers. */
export async function startCustomerWorld(limits: ServeOptions["limits"] = {}): Promise<CustomerWorld> {
  const db = await createTestStore();
  const { plugin, script } = createPagePlugin();
  const plugins = createPluginRegistry([plugin as unknown as Plugin]);
  const secrets = createSecretBox(new Uint8Array(32).fill(7));
  const logged: string[] = [];
  const log = pino({ level: "warn" }, { write: (line: string) => void logged.push(line) });
  const publicUrl = () => "https://wend.test";
  const parts = { store: db.store, log, publicUrl };
  const connections = createConnections({ ...parts, plugins, secrets, outbound: createOutbound([]), now: Date.now });
  const tokens = createCustomerTokens(db.store, secrets);
  const stored: Parameters<StoreFacts>[] = [];
  const runtime: ServeRuntime = {
    ...parts,
    connections,
    customerTokens: tokens,
    answerTimeoutMs: 1_000,
    storeFacts: async (...told) => {
      await world.storing();
      stored.push(told);
    },
  };
  const server = await serveApi({
    store: db.store,
    accept: acceptOn(db.store),
    log,
    port: 0,
    host: "127.0.0.1",
    customers: runtime,
    limits,
  });
  const world: CustomerWorld = {
    db,
    server,
    tokens,
    stored,
    storing: async () => {},
    script,
    logged,
    connect: (key, config = { mute: false }, workspaceId = db.workspace.id) =>
      inWorkspace(db.store, workspaceId, (tx) =>
        createConnection(tx, { plugins, secrets }, { key, plugin: "page", config }),
      ),
    token: async (grant, workspaceId = db.workspace.id) => {
      const whole = { profileId, connectionId: undefined, expiresInSeconds: 60, ...grant };
      return (await inWorkspace(db.store, workspaceId, (tx) => tokens.sign(tx, whole))).token;
    },
    ask: (path, init) => fetch(server.url + path, { redirect: "manual", ...init }),
    close: async () => {
      await server.close();
      await connections.close();
      await db.close();
    },
  };
  return world;
}

export async function addWorkspace({ db }: CustomerWorld, slug: string): Promise<number> {
  return (await createWorkspace(db.store, { slug, name: slug })).id;
}
