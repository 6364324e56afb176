import { z } from "zod";
import type { Change, ObjectKind } from "../change.ts";
import { objects } from "../change.ts";

const common = {
  subscriptionType: z.string(),
  objectId: z.union([z.int().min(0), z.string().regex(/^[0-9]{1,20}$/)]).transform(String),
  objectTypeId: z.string().optional(),
  occurredAt: z.int().min(0).max(8.64e15),
  portalId: z.int().optional(),
};

const created = z.object(common);
const changed = z.object({
  ...common,
  propertyName: z.string().min(1).max(200),
  propertyValue: z.union([z.string(), z.number(), z.boolean(), z.null()]).transform((value) => String(value ?? "")),
});

export interface Parsed {
  readonly changes: readonly Change[];
  /** Events that are not of the documented form. */
  readonly unreadable: number;
}

/** What HubSpot tells in one webhook, oldest first. What nobody here listens to is left out. */
export function parseChanges(events: readonly unknown[], portalId: string | undefined): Parsed {
  const parsed = events.map((event) => parseChange(event, portalId));
  const changes = parsed.filter((change) => change !== "other" && change !== "unreadable");
  return {
    changes: changes.toSorted((a, b) => a.at - b.at),
    unreadable: parsed.filter((change) => change === "unreadable").length,
  };
}

function parseChange(event: unknown, portalId: string | undefined): Change | "other" | "unreadable" {
  const { data } = created.safeParse(event);
  if (data === undefined) return "unreadable";
  const [word, what] = data.subscriptionType.split(".");
  const object = objectOf(word, data.objectTypeId);
  const isOurs = portalId === undefined || String(data.portalId) === portalId;
  if (object === undefined || !isOurs) return "other";
  const about = { object, objectId: data.objectId, at: data.occurredAt };
  if (what === "creation") return { kind: "created", ...about };
  if (what !== "propertyChange") return "other";
  const change = changed.safeParse(event).data;
  if (change === undefined) return "unreadable";
  return { kind: "changed", ...about, property: change.propertyName, value: change.propertyValue };
}

// `contact.creation`, or `object.creation` with a type, as newer apps subscribe.
function objectOf(word: string | undefined, objectTypeId: string | undefined): ObjectKind | undefined {
  if (word === "contact" || word === "deal") return word;
  if (word !== "object") return undefined;
  const kinds = Object.keys(objects) as ObjectKind[];
  return kinds.find((kind) => objects[kind].type === objectTypeId);
}
