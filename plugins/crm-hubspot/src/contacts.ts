import type { Accepted, ActionItem, BatchResult } from "@wend/plugin";
import type { z } from "zod";
import type { HubspotClient } from "./client.ts";
import type { manifest } from "./manifest.ts";
import type { RecordWrite, RecordWritten } from "./record-batch.ts";
import { writeRecords } from "./record-batch.ts";
import { toTexts } from "./texts.ts";

type Actions = typeof manifest.actions;
type UpsertInput = z.infer<Actions["upsertContact"]["input"]>;
type EnrolInput = z.infer<Actions["enrol"]["input"]>;
type Written = { id: string; created: boolean };

/** By it signals about a contact find the customer whom it was written for. */
export const contactProviderId = (id: string): string => `contact:${id}`;

export function createContacts(client: HubspotClient, keyProperty: string) {
  const write =
    <Input>(verb: "upsert" | "update", toWrite: (item: ActionItem<Input>) => RecordWrite) =>
    async (items: readonly ActionItem<Input>[], signal: AbortSignal): Promise<BatchResult<Written>[]> => {
      const path = `/crm/v3/objects/contacts/batch/${verb}`;
      const written = await writeRecords(client, { path, keyProperty, writes: items.map(toWrite), signal });
      return written.map(toResult);
    };
  return {
    upsert: write<UpsertInput>("upsert", ({ input, idempotencyKey }) => ({
      key: input.contact,
      traceId: idempotencyKey,
      properties: toTexts(input.properties),
    })),
    // An update and no upsert: a contact that is not known yet would come to be with nothing but a journey.
    enrol: write<EnrolInput>("update", ({ input, idempotencyKey }) => ({
      key: input.contact,
      traceId: idempotencyKey,
      properties: enrolment(input),
    })),
  };
}

function enrolment({ journey, step, nextTouchAt }: EnrolInput) {
  const next = nextTouchAt === "" ? "" : new Date(nextTouchAt).toISOString();
  return { wend_journey: journey, wend_step: step, wend_next_touch_at: next };
}

function toResult(written: RecordWritten): BatchResult<Written> {
  if ("error" in written) return written;
  return { providerId: contactProviderId(written.id), output: written };
}

/** A batch of one. */
export async function alone<Input>(
  batch: (items: readonly ActionItem<Input>[], signal: AbortSignal) => Promise<readonly BatchResult<Written>[]>,
  call: ActionItem<Input> & { readonly signal: AbortSignal },
): Promise<Accepted<Written>> {
  const [result] = await batch([call], call.signal);
  if ("error" in result!) throw result.error;
  return result!;
}
