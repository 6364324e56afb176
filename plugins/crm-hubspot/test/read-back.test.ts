import { Client } from "@hubspot/api-client";
import { expect, test } from "vitest";
import { startHubspot, TOKEN } from "./fake/start-hubspot.ts";
import { open } from "./open.ts";

const contact = "ada@example.test";

test("HubSpot's own client reads what was written", async () => {
  await using hubspot = await startHubspot();
  const { call } = await open(hubspot.url);
  const { crm } = new Client({ accessToken: TOKEN, basePath: hubspot.url });

  const { output } = await call("upsertContact", { contact, properties: { firstname: "Ada", age: 36, vip: true } });
  const { id } = output as { id: string };
  await call("enrol", { contact, journey: "Onboarding", step: "welcome", nextTouchAt: "2026-03-02T10:00:00+01:00" });
  const wanted = ["email", "firstname", "age", "vip", "wend_journey", "wend_step", "wend_next_touch_at"];
  expect((await crm.contacts.basicApi.getById(id, wanted)).properties).toEqual({
    hs_object_id: id,
    email: contact,
    firstname: "Ada",
    age: "36",
    vip: "true",
    wend_journey: "Onboarding",
    wend_step: "welcome",
    wend_next_touch_at: "2026-03-02T09:00:00.000Z",
  });

  const company = (await call("upsertCompany", { domain: "Example.test", properties: { name: "Example" } })).output as {
    id: string;
  };
  expect((await crm.companies.basicApi.getById(company.id, ["domain", "name"])).properties).toMatchObject({
    domain: "example.test",
    name: "Example",
  });

  const due = "2026-03-01T09:00:00.000Z";
  const task = { contact, subject: "Call Ada", body: "About the offer", dueAt: due, ownerId: "77", priority: "HIGH" };
  const { id: taskId } = (await call("createTask", task)).output as { id: string };
  const names = ["hs_task_subject", "hs_task_body", "hs_timestamp", "hubspot_owner_id", "hs_task_priority"];
  expect((await crm.objects.tasks.basicApi.getById(taskId, [...names, "hs_task_status"])).properties).toMatchObject({
    hs_task_subject: "Call Ada",
    hs_task_body: "About the offer",
    hs_timestamp: due,
    hubspot_owner_id: "77",
    hs_task_priority: "HIGH",
    hs_task_status: "NOT_STARTED",
  });
  expect(hubspot.tables.tasks!.records.get(taskId)?.associations).toEqual([{ to: id, typeId: 204 }]);

  const deal = hubspot.tables.deals!.create({ dealname: "Renewal" }, Date.now());
  const { id: noteId } = (await call("dealNote", { deal: deal.id, body: "<p>Opened.</p>" })).output as { id: string };
  expect((await crm.objects.notes.basicApi.getById(noteId, ["hs_note_body"])).properties).toMatchObject({
    hs_note_body: "<p>Opened.</p>",
  });
  expect(hubspot.tables.notes!.records.get(noteId)?.associations).toEqual([{ to: deal.id, typeId: 214 }]);
});
