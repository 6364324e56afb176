import { expect, test } from "vitest";
import { ada, bo, now, open } from "../open.ts";

const list = async ({ ask }: Awaited<ReturnType<typeof open>>, query = "", as = ada) =>
  (await (await ask("GET", `/inbox${query}`, { as })).response.json()) as {
    items: { id: string; title: string; read: boolean }[];
    next: string | null;
  };

test("a message is what the journey wrote, the newest first, and its customer's alone", async () => {
  const world = await open();
  const first = await world.put("inbox", { title: "One", body: "first", url: "/a" });
  const second = await world.put("inbox", { title: "Two", url: "" });
  await world.put("inbox", { title: "Not yours" }, bo);
  expect(await list(world)).toEqual({
    items: [
      { id: second, title: "Two", body: "", url: null, expiresAt: null, at: now, read: false },
      { id: first, title: "One", body: "first", url: "/a", expiresAt: null, at: now, read: false },
    ],
    next: null,
  });
});

test("pages lead from the newest to the oldest, each message once", async () => {
  const world = await open();
  const ids: string[] = [];
  for (let i = 0; i < 120; i++) ids.push(await world.put("inbox", { title: `Message ${i}` }));
  const seen: string[] = [];
  for (let next: string | null = ""; next !== null; ) {
    const page = await list(world, next === "" ? "" : `?after=${next}`);
    seen.push(...page.items.map(({ id }) => id));
    next = page.next;
  }
  expect(seen).toEqual(ids.reverse());
});

test.each([
  ["read", "opened", { read: true }],
  ["click", "clicked", { read: true }],
] as const)("to %s is the receipt %s", async (done, kind, after) => {
  const world = await open();
  const id = await world.put("inbox", { title: "One", url: "https://shop.example/deals" });
  const served = await world.ask("POST", `/inbox/${id}/${done}`);
  expect(served.response.status).toBe(204);
  expect(served.receipts).toMatchObject([{ kind, about: { deliveryId: id }, at: now }]);
  if (kind === "clicked") expect(served.receipts).toMatchObject([{ url: "https://shop.example/deals" }]);
  expect((await list(world)).items).toMatchObject([{ id, ...after }]);
  const again = await world.ask("POST", `/inbox/${id}/${done}`);
  expect(again.receipts![0]!.id).toBe(served.receipts![0]!.id);
});

test("to dismiss is a signal, shows that it was seen, and takes it out of the inbox for good", async () => {
  const world = await open();
  const id = await world.put("inbox", { title: "One" });
  const other = await world.put("inbox", { title: "Two" });
  const { receipts, signals } = await world.ask("POST", `/inbox/${id}/dismiss`);
  expect(receipts).toMatchObject([{ kind: "opened", about: { deliveryId: id }, id: `read:${id}` }]);
  expect(signals).toMatchObject([
    { name: "Inbox Dismissed", about: { deliveryId: id }, id: `dismiss:${id}`, data: { deliveryId: id } },
  ]);
  expect((await list(world)).items).toMatchObject([{ id: other }]);
});

test("nobody tells anything of another's message, and nobody without a token", async () => {
  const world = await open();
  const id = await world.put("inbox", { title: "One" });
  const slot = await world.put("slot", { key: "a", value: 1 });
  for (const done of ["read", "click", "dismiss"]) {
    for (const [path, as, status] of [
      [`/inbox/${id}/${done}`, bo, 404],
      [`/inbox/${slot}/${done}`, ada, 404],
      [`/inbox/nonsense/${done}`, ada, 404],
      [`/inbox/${id}/${done}`, null, 401],
    ] as const) {
      const served = await world.ask("POST", path, { as });
      expect([path, served.response.status, served.receipts, served.signals]).toEqual([
        path,
        status,
        undefined,
        undefined,
      ]);
    }
  }
  expect((await list(world)).items).toMatchObject([{ id, read: false }]);
  expect((await world.ask("GET", "/inbox", { as: null })).response.status).toBe(401);
});

test("a message that has expired is not shown: at its instant, or so long after it came", async () => {
  const world = await open();
  await world.put("inbox", { title: "Till one", expiresAt: "2026-03-01T13:00:00Z" });
  await world.put("inbox", { title: "An hour", lifetimeSeconds: 3_600 });
  await world.put("inbox", { title: "Whichever is first", expiresAt: "2026-03-01T23:00:00Z", lifetimeSeconds: 3_600 });
  await world.put("inbox", { title: "For good", expiresAt: "" });
  world.clock.now = now + 3_599_999;
  expect((await list(world)).items).toHaveLength(4);
  world.clock.now = now + 3_600_000;
  expect((await list(world)).items.map(({ title }) => title)).toEqual(["For good"]);
});

test.each([
  { title: "" },
  { title: "One", url: "javascript:alert(1)" },
  { title: "One", url: "//evil.example" },
  { title: "One", url: "/\\evil.example" },
  { title: "One", url: "data:text/html,x" },
  { title: "One", expiresAt: "soon" },
  { title: "One", lifetimeSeconds: 0 },
])("%j is no message", async (input) => {
  const { run } = await open();
  await expect(run("inbox", input)).rejects.toThrow();
});
