import type { Accepted, ActionCall } from "@wend/plugin";
import type { z } from "zod";
import type { HubspotClient } from "./client.ts";
import { createOnce } from "./create-once.ts";
import type { manifest } from "./manifest.ts";

type Input = z.infer<typeof manifest.actions.dealNote.input>;

/** HubSpot's number for "note to deal". */
const NOTE_TO_DEAL = 214;

export async function dealNote(
  client: HubspotClient,
  now: number,
  { input, idempotencyKey: key, signal }: ActionCall<Input>,
): Promise<Accepted<{ id: string }>> {
  const properties = { hs_note_body: input.body, hs_timestamp: new Date(now).toISOString() };
  const to = { id: input.deal, associationTypeId: NOTE_TO_DEAL };
  const id = await createOnce(client, { object: "notes", key, properties, to, signal });
  return { providerId: `note:${id}`, output: { id } };
}
