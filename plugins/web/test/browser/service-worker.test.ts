import { afterEach, beforeEach, expect, test } from "vitest";
import { openNotification, showNotification } from "../../src/browser/index.ts";
import { serveOverHttp } from "../spec/serve-over-http.ts";

const reports: string[] = [];
let server: Awaited<ReturnType<typeof serveOverHttp>>;
beforeEach(async () => {
  reports.length = 0;
  const answer = async ({ request, path }: { request: Request; path: string }) => {
    reports.push(`${request.method} ${path}`);
    return { response: new Response(null, { status: 204 }) };
  };
  server = await serveOverHttp(answer, "");
});
afterEach(() => server[Symbol.asyncDispose]());

const sent = () => ({
  title: "Tea waits",
  body: "Come back.",
  url: "/cart",
  tag: "d-1",
  report: `${server.url}/push/t`,
});
/** An event as a service worker gets it; `settled` is what it waits for. */
const waiting = () => {
  const waited: Promise<unknown>[] = [];
  return { waitUntil: (one: Promise<unknown>) => void waited.push(one), settled: () => Promise.all(waited) };
};

test("a push is shown with its delivery as its tag, and reported once it is shown", async () => {
  const shown: unknown[] = [];
  const event = { ...waiting(), data: { json: sent } };
  showNotification(event, {
    showNotification: async (title, options) => {
      expect(reports).toEqual([]);
      shown.push([title, options]);
    },
  });
  await event.settled();
  expect(shown).toEqual([["Tea waits", { body: "Come back.", tag: "d-1", data: sent() }]]);
  expect(reports).toEqual(["POST /push/t/shown"]);
});

test("a push that carries nothing shows nothing", async () => {
  const event = { ...waiting(), data: null };
  showNotification(event, { showNotification: () => Promise.reject(new Error("shown")) });
  expect(await event.settled()).toEqual([]);
});

test("a click closes the notification, opens where it leads, and is reported even if nothing opens", async () => {
  const done: string[] = [];
  const notification = { data: sent(), close: () => void done.push("closed") };
  for (const openWindow of [async (url: string) => done.push(url), () => Promise.reject(new Error("not allowed"))]) {
    const event = { ...waiting(), notification };
    openNotification(event, { openWindow });
    await event.settled();
  }
  expect(done).toEqual(["closed", "/cart", "closed"]);
  expect(reports).toEqual(["POST /push/t/clicked", "POST /push/t/clicked"]);
});

test("a report that reaches nobody harms nothing", async () => {
  const event = { ...waiting(), data: { json: sent } };
  await server[Symbol.asyncDispose]();
  showNotification(event, { showNotification: async () => {} });
  await expect(event.settled()).resolves.toEqual([undefined]);
});
