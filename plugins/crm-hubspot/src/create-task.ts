import type { Accepted, ActionCall } from "@wend/plugin";
import { WendError } from "@wend/plugin";
import { z } from "zod";
import type { HubspotClient } from "./client.ts";
import { createOnce } from "./create-once.ts";
import type { manifest } from "./manifest.ts";
import { parseAnswer } from "./parse-answer.ts";

type Input = z.infer<typeof manifest.actions.createTask.input>;

/** HubSpot's number for "task to contact". */
const TASK_TO_CONTACT = 204;

export async function createTask(
  client: HubspotClient,
  keyProperty: string,
  { input, idempotencyKey: key, signal }: ActionCall<Input>,
): Promise<Accepted<{ id: string }>> {
  const contactId = await loadContact(client, { key: input.contact, keyProperty, signal });
  const to = { id: contactId, associationTypeId: TASK_TO_CONTACT };
  const id = await createOnce(client, { object: "tasks", key, properties: taskProperties(input), to, signal });
  return { providerId: `task:${id}`, output: { id } };
}

function taskProperties({ subject, body, dueAt, ownerId, priority, type }: Input): Record<string, string> {
  return {
    hs_task_subject: subject,
    hs_timestamp: new Date(dueAt).toISOString(),
    hs_task_status: "NOT_STARTED",
    hs_task_type: type,
    ...(body !== undefined && { hs_task_body: body }),
    ...(ownerId !== undefined && { hubspot_owner_id: ownerId }),
    ...(priority !== undefined && { hs_task_priority: priority }),
  };
}

interface ContactAsked {
  readonly key: string;
  readonly keyProperty: string;
  readonly signal: AbortSignal;
}

async function loadContact(client: HubspotClient, { key, keyProperty, signal }: ContactAsked): Promise<string> {
  const path = `/crm/v3/objects/contacts/${encodeURIComponent(key)}?idProperty=${keyProperty}`;
  const contact = await client.find({ method: "GET", path, signal });
  if (contact === undefined) {
    throw new WendError("provider.rejected", { detail: `No contact has this ${keyProperty}: upsert it first.` });
  }
  return parseAnswer(z.object({ id: z.string().min(1) }), contact).id;
}
