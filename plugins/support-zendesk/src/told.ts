import type { ZendeskFact } from "./signals.ts";

/** Whom a fact is about, as far as Zendesk says it along with the fact. */
export interface Told {
  /** Zendesk's own id of the requester. */
  readonly requesterId?: string | undefined;
  readonly requesterExternalId?: string | undefined;
  readonly requesterEmail?: string | undefined;
  /** The ticket's external id: our key, when we opened it. */
  readonly ticketKey?: string | undefined;
}

/** A fact before it is known whose it is. */
export interface Heard {
  readonly fact: ZendeskFact & { readonly id: string; readonly at: number };
  readonly told: Told;
}
