import type { Signal } from "@wend/plugin";
import { storableText } from "@wend/plugin";
import { z } from "zod";
import type { Change } from "./change.ts";
import type { Subject } from "./subjects.ts";

const objectId = z.string();
const changed = { property: z.string(), value: z.string() };
const contactId = z.string();

/** What HubSpot brings in, by the name of the event that each becomes. */
export const signals = {
  "CRM Contact Created": { title: "A contact was created in HubSpot.", data: z.object({ objectId }) },
  "CRM Contact Changed": {
    title: "A property of the contact has changed in HubSpot.",
    data: z.object({ objectId, ...changed }),
  },
  "CRM Deal Created": {
    title: "A deal of the customer was created in HubSpot.",
    data: z.object({ objectId, contactId }),
  },
  "CRM Deal Changed": {
    title: "A property of a deal of the customer has changed in HubSpot.",
    data: z.object({ objectId, contactId, ...changed }),
  },
} as const;

export type HubspotSignal = Signal<typeof signals>;

const LONGEST_VALUE = 8_000;

/** What a change says of one of the customers it is about. */
export function toSignal(change: Change, { about, contactId }: Subject): HubspotSignal {
  const { object, objectId, at } = change;
  const said = { about, at };
  if (object === "contact") {
    if (change.kind === "created") {
      return { name: "CRM Contact Created", id: `contact:${objectId}:created`, ...said, data: { objectId } };
    }
    const { property, value } = newValue(change);
    const id = `contact:${objectId}:${property}:${at}`;
    return { name: "CRM Contact Changed", id, ...said, data: { objectId, property, value } };
  }
  if (change.kind === "created") {
    const id = `deal:${objectId}:created:${contactId}`;
    return { name: "CRM Deal Created", id, ...said, data: { objectId, contactId } };
  }
  const { property, value } = newValue(change);
  const id = `deal:${objectId}:${property}:${at}:${contactId}`;
  return { name: "CRM Deal Changed", id, ...said, data: { objectId, contactId, property, value } };
}

const newValue = ({ property, value }: Change & { kind: "changed" }) => ({
  property,
  value: storableText(value, LONGEST_VALUE),
});
