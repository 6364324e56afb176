import { describe, expect, test } from "vitest";
import { openLine } from "./line.ts";
import { openServer, serverNames } from "./servers.ts";
import { until } from "./until.ts";

// A network that drops a connection without telling either end.
describe("a line that falls silent", () => {
  test.concurrent.each(serverNames())(
    "to %s is found out and replaced within 30 s",
    { timeout: 60_000 },
    async (name) => {
      const server = await openServer(name);
      const line = await openLine(name === "redis" ? server.test.redisUrl! : server.test.url);
      const queues = await server.connect(name === "redis" ? { redisUrl: line.url } : { databaseUrl: line.url });
      const direct = await server.connect();
      let runs = 0;
      queues.consumeWakes(async () => (runs += 1), { concurrency: 2 });
      queues.wake(1, [0]);
      await until(() => runs > 0);

      line.silence();
      const silentAt = performance.now();
      await until(() => {
        direct.wake(1, [1]);
        return runs > 1;
      });
      const heard = runs;
      await until(() => {
        queues.wake(1, [2]);
        return runs > heard;
      });
      expect(performance.now() - silentAt).toBeLessThan(30_000);
      await line.close();
      await server.close();
    },
  );
});
