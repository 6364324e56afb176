import { expect, test } from "vitest";
import { createWebClient } from "../../src/browser/index.ts";
import { ada, open } from "../open.ts";
import { serveOverHttp } from "../spec/serve-over-http.ts";
import { makeVapidPair } from "../vapid-pair.ts";

/** A browser's push manager: one subscription at a time, bound to the key that it was made with. */
function createPushManager() {
  let current: { options: { applicationServerKey: ArrayBuffer }; unsubscribe(): Promise<boolean> } | null = null;
  let made = 0;
  return {
    getSubscription: async () => current,
    subscribe: async ({ applicationServerKey }: { applicationServerKey: Uint8Array<ArrayBuffer> }) => {
      if (current) throw new Error("there is one for another key");
      const endpoint = `https://push.example/${++made}`;
      current = {
        options: { applicationServerKey: applicationServerKey.slice().buffer },
        unsubscribe: async () => {
          current = null;
          return true;
        },
        ...{ toJSON: () => ({ endpoint }) },
      };
      return current;
    },
    keyOf: () => Buffer.from(current!.options.applicationServerKey).toString("base64url"),
  };
}

async function start(config: object) {
  const { connection } = await open(config);
  const server = await serveOverHttp((request) => connection.serve!(request) as never, ada);
  return { ...server, client: createWebClient({ url: server.url, token: () => "t" }) };
}

test("a browser subscribes with the connection's key, and gives the address to be saved", async () => {
  const pair = makeVapidPair();
  await using server = await start(pair);
  const pushManager = createPushManager();
  const saved: string[] = [];
  const options = { registration: { pushManager }, save: (address: string) => saved.push(address) };
  expect(await server.client.subscribePush(options)).toBe('{"endpoint":"https://push.example/1"}');
  expect(pushManager.keyOf()).toBe(pair.vapidPublicKey);
  await server.client.subscribePush(options);
  expect(saved).toEqual(['{"endpoint":"https://push.example/1"}', '{"endpoint":"https://push.example/1"}']);
  const renewed = makeVapidPair();
  await using other = await start(renewed);
  await other.client.subscribePush(options);
  expect([saved.at(-1), pushManager.keyOf()]).toEqual([
    '{"endpoint":"https://push.example/2"}',
    renewed.vapidPublicKey,
  ]);
});

test("where the connection pushes nothing, the page is told so and asks the customer nothing", async () => {
  await using server = await start({});
  const asked = server.client.subscribePush({ registration: { pushManager: createPushManager() }, save: () => {} });
  await expect(asked).rejects.toMatchObject({ status: 404, code: "request.not_found" });
});
