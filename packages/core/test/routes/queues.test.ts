import { expect, onTestFinished, test } from "vitest";
import { feedDeliveries } from "../../src/clock-role/feed-deliveries.ts";
import { openServer, serverNames } from "../queue/servers.ts";
import { until } from "../queue/until.ts";
import { createWorldInRealTime } from "./world.ts";

test.each(serverNames())(
  "two workers on queues of %s lose nothing and send nothing twice while the first provider is down for a while",
  async (name) => {
    const world = await createWorldInRealTime();
    const server = await openServer(name, world.test);
    onTestFinished(async () => {
      await Promise.all([world.first.close(), world.second.close()]);
      await server.close();
    });
    const connections = [await world.connect("one", world.first.url), await world.connect("two", world.second.url)];
    const members = connections.map(({ key }) => ({ connection: key }));
    await world.route({ key: "mail", mode: "failover", members });
    await world.publish("mail");
    const startWorker = async () => {
      const queues = await server.connect();
      const worker = world.createWorker(queues);
      for (const { id: connectionId } of connections) {
        const target = { workspaceId: world.workspace.id, connectionId };
        queues.consumeDeliveries(target, (ids) => worker.deliver(connectionId, ids), { concurrency: 4 });
      }
      return { queues, worker };
    };
    const { queues, worker } = await startWorker();
    await startWorker();
    const settled = (count: number) => async () => {
      await feedDeliveries({ store: world.store, queues });
      const rows = await world.deliveries();
      return rows.filter(({ state }) => state === "accepted").length >= count;
    };

    await world.order(200, 0, worker);
    await until(settled(100));
    world.first.answer = "refuse";
    await world.order(300, 200, worker);
    await until(settled(500));
    await world.order(100, 500, worker);
    await until(settled(550));
    world.first.answer = "take";
    await world.order(100, 600, worker);
    await until(settled(700));

    const took = [...world.first.took, ...world.second.took];
    const asked = new Set((await world.deliveries()).map(({ key }) => key));
    console.log(`${name}: sent=${asked.size} first=${world.first.took.length} second=${world.second.took.length}`);
    expect(took.length).toBe(700);
    expect(new Set(took)).toEqual(asked);
    expect(world.second.took.length).toBeGreaterThan(300);
  },
);
