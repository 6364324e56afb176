import { expect, test } from "vitest";
import { fault, startHubspot } from "./fake/start-hubspot.ts";
import { open } from "./open.ts";

test("a domain is one company, also while the search index does not know it yet", async () => {
  await using hubspot = await startHubspot();
  hubspot.indexLags = true;
  const { call } = await open(hubspot.url);
  const first = await call("upsertCompany", { domain: "example.test", properties: { name: "Example" } });
  const second = await call("upsertCompany", { domain: "EXAMPLE.test", properties: { name: "Example Ltd" } });
  expect([first.output, second.output]).toEqual([
    { id: "7001", created: true },
    { id: "7001", created: false },
  ]);
  hubspot.index();
  await call("upsertCompany", { domain: "example.test" });
  const { companies } = hubspot.tables;
  expect(companies!.records.size).toBe(1);
  expect(companies!.value(companies!.records.get("7001")!, "name")).toBe("Example Ltd");
});

test("a company that others have made is given the key; of several the oldest", async () => {
  await using hubspot = await startHubspot();
  const { companies } = hubspot.tables;
  companies!.create({ domain: "example.test", name: "newer" }, 2_000);
  const oldest = companies!.create({ domain: "example.test", name: "older" }, 1_000);
  const { call } = await open(hubspot.url);
  await call("upsertCompany", { domain: "example.test", properties: { city: "Turin" } });
  await call("upsertCompany", { domain: "example.test", properties: { city: "Milan" } });
  expect(companies!.records.size).toBe(2);
  expect(companies!.value(oldest, "wend_domain")).toBe("example.test");
  expect(companies!.value(oldest, "city")).toBe("Milan");
});

test("a company that was deleted since the index was written is made anew", async () => {
  await using hubspot = await startHubspot();
  hubspot.tables.companies!.create({ domain: "example.test" }, 1_000);
  hubspot.interrupt(({ method }) => (method === "PATCH" ? fault(404, "OBJECT_NOT_FOUND") : undefined));
  const { call } = await open(hubspot.url);
  expect((await call("upsertCompany", { domain: "example.test" })).output).toEqual({ id: "7002", created: true });
});
