import { WendError } from "@wend/plugin";
import type { Credential } from "../../workspaces/credential.ts";
import type { NewEvent } from "../event.ts";
import type { Place } from "../shape/place.ts";
import { addFault } from "../shape/place.ts";
import type { KeyRule } from "../shape/read-call.ts";

/** The scope that lets a key send events. */
const ingestScope = "ingest";

/** What a key may send, and what becomes of it. */
export function keyRule(credential: Credential): KeyRule {
  if (!mayIngest(credential)) {
    throw new WendError("auth.forbidden", { detail: `It needs the scope ${ingestScope}.` });
  }
  return credential.kind === "srv" ? trusted : limited(credential);
}

const mayIngest = ({ scopes }: Credential) => scopes.includes(ingestScope) || scopes.includes("*");

const trusted: KeyRule = (event) => event;

/**
 * A pub_ key lies open in every browser: it sends events and traits of its allow list only, and always as the
 * anonymous visitor. The user id it names is kept as a claim and leads to no profile.
 */
function limited({ allow }: Credential): KeyRule {
  return (event, place) => {
    const before = place.faults.length;
    if (!event.anonymousId) refuse(place, ["anonymousId"], "A pub_ key must name the anonymous visitor.");
    if (event.kind === "track" && !allow.events?.includes(event.name)) {
      refuse(place, ["event"], "The event is not on the key's allow list.");
    }
    for (const trait of Object.keys(event.traits ?? {})) {
      if (!allow.traits?.includes(trait)) refuse(place, ["traits", trait], "The trait is not on the key's allow list.");
    }
    return place.faults.length === before ? claimed(event) : undefined;
  };
}

function refuse(place: Place, at: readonly string[], detail: string): void {
  addFault(place, "auth.pub_not_allowed", { at, detail });
}

function claimed(event: NewEvent): NewEvent {
  const { claimedUserId: _, ...context } = event.context ?? {};
  return {
    ...event,
    userId: null,
    // Apart from message ids of servers: else a browser could take the id of an event that is still to come.
    messageId: event.messageId ? `pub:${event.messageId}` : null,
    context: event.userId ? { ...context, claimedUserId: event.userId } : event.context && context,
  };
}
