import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import { Hono } from "hono";
import { runChild } from "../shared/run-child.ts";
import type { BareEvent } from "./bare-insert.ts";
import { openBareInsert } from "./bare-insert.ts";

export interface BareSetup {
  readonly databaseUrl: string;
  readonly workspaceId: number;
  readonly shards: number;
}

// What is left of an ingest server when it checks nothing: parse, gather what comes in meanwhile, insert, answer.
runChild<BareSetup, { port: number }>(async (setup) => {
  const insert = await openBareInsert(setup);
  let waiting: { events: readonly BareEvent[]; done(): void; fail(error: unknown): void }[] = [];
  let writing = false;

  const drain = async (): Promise<void> => {
    while (waiting.length > 0) {
      const group = waiting;
      waiting = [];
      try {
        await insert.write(group.flatMap(({ events }) => events));
        for (const { done } of group) done();
      } catch (error) {
        for (const { fail } of group) fail(error);
      }
    }
    writing = false;
  };
  const store = (events: readonly BareEvent[]): Promise<void> =>
    new Promise((done, fail) => {
      waiting.push({ events, done, fail });
      if (writing) return;
      writing = true;
      setImmediate(() => void drain());
    });

  const app = new Hono();
  app.post("/v1/track", async (c) => {
    await store([await c.req.json<BareEvent>()]);
    return c.json({ success: true });
  });
  app.post("/v1/batch", async (c) => {
    await store((await c.req.json<{ batch: BareEvent[] }>()).batch);
    return c.json({ success: true });
  });
  const server = createAdaptorServer({ fetch: app.fetch }) as Server;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
  return {
    ready: { port: (server.address() as AddressInfo).port },
    stop: async () => {
      server.close();
      server.closeAllConnections();
      await insert.close();
    },
  };
});
