import { expect, test } from "vitest";
import { startHubspot } from "./fake/start-hubspot.ts";
import { open, refusal, signal } from "./open.ts";

const contact = "ada@example.test";
const task = { contact, subject: "Call Ada", dueAt: "2026-03-01T09:00:00Z" };

test("a task whose answer was lost is found by its key, though the search index does not know it", async () => {
  await using hubspot = await startHubspot();
  const { call, connection } = await open(hubspot.url);
  await call("upsertContact", { contact });
  hubspot.indexLags = true;
  hubspot.mode = "drop";
  expect(await refusal(call("createTask", task))).toMatchObject({ code: "provider.unknown_outcome" });
  hubspot.mode = "accept";
  expect(await connection.lookup!("run-1:1", "createTask", signal)).toEqual({
    outcome: "accepted",
    providerId: "task:300001",
  });
});

test("an attempt that comes through after it was asked about leaves one task, not two", async () => {
  await using hubspot = await startHubspot();
  const { call } = await open(hubspot.url);
  await call("upsertContact", { contact });
  const first = await call("createTask", task);
  await expect(call("createTask", task, { attempt: 2 })).resolves.toEqual(first);
  expect(hubspot.tables.tasks!.records.size).toBe(1);
});

test("a task and a note of one key are told apart", async () => {
  await using hubspot = await startHubspot();
  const { call, connection } = await open(hubspot.url);
  await call("upsertContact", { contact });
  await call("createTask", task);
  expect(await connection.lookup!("run-1:1", "dealNote", signal)).toEqual({ outcome: "absent" });
});

test("a task for a contact that HubSpot does not know is refused, and nothing is written", async () => {
  await using hubspot = await startHubspot();
  const { call } = await open(hubspot.url);
  expect(await refusal(call("createTask", task))).toMatchObject({ code: "provider.rejected" });
  expect(hubspot.keys).toEqual([]);
});

test("without the key's property nothing is created", async () => {
  await using hubspot = await startHubspot();
  hubspot.tables.tasks!.unique.delete("wend_delivery_key");
  const { call } = await open(hubspot.url);
  await call("upsertContact", { contact });
  expect(await refusal(call("createTask", task))).toMatchObject({ code: "provider.rejected" });
  expect(hubspot.tables.tasks!.records.size).toBe(0);
});

test("the question for the contact that gets no answer is a backoff: nothing was written", async () => {
  await using hubspot = await startHubspot();
  const { call } = await open(hubspot.url, {}, { fetch: () => Promise.reject(new TypeError("terminated")) });
  expect(await refusal(call("createTask", task))).toMatchObject({ code: "provider.unavailable" });
});
