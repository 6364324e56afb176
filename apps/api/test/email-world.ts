import type { NewRoute, Runtime } from "@wend/core";
import {
  advanceShard,
  connectRuntime,
  createConnection,
  createJourney,
  createRoute,
  deliverBatch,
  identifyName,
  inWorkspace,
  loadCatalog,
  publishJourney,
} from "@wend/core";
import { createTestStore } from "@wend/core/testing";
import emailSendgrid from "@wend/email-sendgrid";
import emailSmtp from "@wend/email-smtp";
import type { Plugin } from "@wend/plugin";
import { serveApi } from "../src/index.ts";
import type { WebhookKeys } from "./email-providers.ts";
import { makeWebhookKeys, signEvents, startSendgrid, startSmtp } from "./email-providers.ts";
import { silent } from "./harness.ts";

interface DeliveryNow {
  readonly state: string;
  readonly connection: string;
}

/** What is wrong about a webhook. */
interface Wrong {
  readonly by?: WebhookKeys;
  readonly at?: number;
  readonly headers?: Record<string, string>;
  /** The body that is sent instead of the one that was signed. */
  readonly sent?: string;
  /** Id of another connection. */
  readonly to?: string;
}

/** The runtime and the API with both providers of e-mail, a connection to each, and a clock moved by hand. */
export async function createEmailWorld() {
  const db = await createTestStore({ now: "2026-01-01T00:00:00Z", shards: 1 });
  const { clock, store, workspace } = db;
  const runtime: Runtime = await connectRuntime({
    databaseUrl: db.url,
    plugins: [emailSendgrid, emailSmtp] as unknown as Plugin[],
    secretKey: new Uint8Array(32).fill(3),
    publicUrl: () => "https://wend.test",
    allowPrivate: ["127.0.0.1"],
    clock,
    log: silent,
  });
  const server = await serveApi({ ...runtime, hooks: runtime, port: 0, host: "127.0.0.1" });
  const [sendgrid, smtp, keys] = [await startSendgrid(), await startSmtp(), makeWebhookKeys()];
  const tx = <T>(work: Parameters<typeof inWorkspace<T>>[2]) => inWorkspace(store, workspace.id, work);

  const connect = (key: string, plugin: string, config: object) =>
    tx((t) =>
      createConnection(t, runtime, { key, plugin, onUnknown: "hold", config: { from: "shop@example.com", ...config } }),
    );
  const ids = {
    sendgrid: (
      await connect("sendgrid", "email-sendgrid", { apiKey: "SG.key", url: sendgrid.url, publicKey: keys.publicKey })
    ).id,
    keyless: (await connect("keyless", "email-sendgrid", { apiKey: "SG.key" })).id,
    smtp: (await connect("smtp", "email-smtp", { host: "127.0.0.1", port: smtp.port, secure: "none" })).id,
  };

  const deliverDue = async () => {
    const due = await tx((t) =>
      t.rows<{ connection_id: string; ids: string[] }>(
        `select connection_id, array_agg(id::text) as ids from deliveries
         where workspace_id = $1 and due_at <= to_timestamp($2 / 1000e0) group by connection_id`,
        [t.workspaceId, clock.now()],
      ),
    );
    for (const { connection_id, ids } of due) {
      await deliverBatch(runtime, { workspaceId: workspace.id, connectionId: connection_id }, ids);
    }
    return due.length;
  };

  return {
    clock,
    sendgrid,
    smtp,
    /** A connection that takes no events. */
    keyless: ids.keyless,
    route: (input: NewRoute) => tx((t) => createRoute(t, runtime.plugins, input)),
    /** A mail through a connection or route, for every event of its name. */
    publish: (connection: string) =>
      tx(async (t) => {
        const { catalog } = await loadCatalog(t, runtime.plugins);
        const input = { subject: "Thanks", text: "Thanks, {{ profile.name }}" };
        const outcome = { policy: "continue" };
        const send = {
          type: "send",
          connection,
          action: "send",
          purpose: "transactional",
          input,
          outcome,
          next: "done",
        };
        const definition = {
          name: connection,
          timeZone: "UTC",
          triggers: [{ type: "event", event: connection }],
          entry: { reentry: "always" },
          start: "mail",
          nodes: { mail: send, done: { type: "end", outcome: "done" } },
        };
        const { id } = await createJourney(t, { key: connection, definition, catalog, actor: "test" });
        return publishJourney(t, { journey: id, catalog, actor: "test" });
      }),
    /** Customers of these names are written to, and all of it is delivered. */
    sendBy: async (name: string, customers: readonly string[]) => {
      const calls = customers.flatMap((userId) => [
        {
          kind: "identify" as const,
          name: identifyName,
          userId,
          traits: { name: userId, email: `${userId}@example.com` },
        },
        { kind: "track" as const, userId, name },
      ]);
      await runtime.accept.events(workspace.id, calls);
      while ((await advanceShard(runtime, { workspaceId: workspace.id, shard: 0 })).rows > 0);
      // Long enough for a delivery that fails twice to move, too short for anybody to give up.
      for (let seconds = 0; seconds < 10; seconds++) {
        while ((await deliverDue()) > 0);
        clock.advance("PT1S");
      }
    },
    deliveriesTo: (address: string) =>
      tx((t) =>
        t.rows<DeliveryNow>(
          `select d.state, c.key as connection from deliveries d join connections c on c.id = d.connection_id
           where d.workspace_id = $1 and d.address = $2 order by d.id`,
          [t.workspaceId, address],
        ),
      ),
    /** Why an address is not written to by e-mail. */
    suppressed: (address: string) =>
      tx(async (t) => (await runtime.suppressions.find(t, [{ channel: "email", address }]))[0]?.reason),
    count: async (table: "events" | "parked_facts" | "suppressions" | "webhook_nonces") =>
      (
        await tx((t) =>
          t.rows<{ n: number }>(`select count(*)::int as n from ${table} where workspace_id = $1`, [t.workspaceId]),
        )
      )[0]!.n,
    /** Posts events as SendGrid does, or with something wrong about it. */
    post: (body: string, { by = keys, at = clock.now(), headers, sent = body, to = ids.sendgrid }: Wrong = {}) => {
      const signed = signEvents(body, by, at);
      const init = { method: "POST", headers: { ...signed, ...headers }, body: sent };
      return fetch(`${server.url}/hooks/email-sendgrid/${to}`, init);
    },
    close: async () => {
      await server.close();
      await runtime.close();
      await Promise.all([sendgrid.close(), smtp.close()]);
      await db.close();
    },
  };
}

export type EmailWorld = Awaited<ReturnType<typeof createEmailWorld>>;
