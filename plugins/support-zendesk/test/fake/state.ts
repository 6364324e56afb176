/** What the stand-in knows, in Zendesk's own shapes. */
export interface FakeUser {
  id: number;
  name: string;
  email: string | null;
  external_id: string | null;
  role: string;
}

export interface FakeTicket {
  id: number;
  subject: string;
  status: string;
  priority: string | null;
  type: string | null;
  tags: string[];
  external_id: string | null;
  requester_id: number;
  custom_fields: { id: number; value: unknown }[];
  created_at: string;
  updated_at: string;
}

export interface FakeAudit {
  id: number;
  ticket_id: number;
  created_at: string;
  events: Record<string, unknown>[];
  metadata: { system: object; custom: Record<string, unknown> };
}

interface KeptAnswer {
  readonly body: string;
  readonly ticket: number;
  readonly at: number;
}

const KEY_WINDOW_MS = 2 * 3_600_000;

export class Refused extends Error {
  readonly status: number;
  readonly body: unknown;

  constructor(status: number, body: unknown) {
    super(`HTTP ${status}`);
    this.status = status;
    this.body = body;
  }
}

export const invalid = (field: string, error: string) =>
  new Refused(422, {
    error: "RecordInvalid",
    description: "Record validation errors",
    details: { [field]: [{ description: `${field}: ${error} for ada@example.test`, error }] },
  });

/** Users, tickets, audits and idempotency keys of one account; it moves its own clock by a second with every change. */
export class FakeState {
  readonly users: FakeUser[] = [];
  readonly tickets: FakeTicket[] = [];
  readonly audits: FakeAudit[] = [];
  readonly keys = new Map<string, KeptAnswer>();
  now = Date.UTC(2026, 0, 2, 3, 4, 5);
  private lastId = 1_000;

  nextId(): number {
    return ++this.lastId;
  }

  tick(): string {
    this.now += 1_000;
    return new Date(this.now).toISOString().replace(".000Z", "Z");
  }

  addUser(user: Partial<FakeUser>): FakeUser {
    const added = { id: this.nextId(), name: "Ada", email: null, external_id: null, role: "end-user", ...user };
    this.users.push(added);
    return added;
  }

  addTicket(ticket: Partial<FakeTicket> & Pick<FakeTicket, "requester_id">): FakeTicket {
    const at = this.tick();
    const added: FakeTicket = {
      id: this.nextId(),
      subject: "Help",
      status: "open",
      priority: null,
      type: null,
      tags: [],
      external_id: null,
      custom_fields: [],
      created_at: at,
      updated_at: at,
      ...ticket,
    };
    this.tickets.push(added);
    return added;
  }

  audit(ticket: FakeTicket, events: Record<string, unknown>[], custom: Record<string, unknown> = {}): FakeAudit {
    const at = this.tick();
    ticket.updated_at = at;
    const audit = { id: this.nextId(), ticket_id: ticket.id, created_at: at, events, metadata: { system: {}, custom } };
    this.audits.push(audit);
    return audit;
  }

  ticket(id: number): FakeTicket {
    const found = this.tickets.find((ticket) => ticket.id === id);
    if (!found) throw new Refused(404, { error: "RecordNotFound", description: "Not found" });
    return found;
  }

  keptFor(key: string): KeptAnswer | undefined {
    const kept = this.keys.get(key);
    return kept !== undefined && this.now - kept.at < KEY_WINDOW_MS ? kept : undefined;
  }

  comments(ticket: number): Record<string, unknown>[] {
    return this.audits
      .filter((audit) => audit.ticket_id === ticket)
      .flatMap(({ events }) => events.filter(({ type }) => type === "Comment"));
  }
}
