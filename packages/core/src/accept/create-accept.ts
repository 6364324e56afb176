import { WendError } from "@wend/plugin";
import type { Logger } from "pino";
import { uuidv7 } from "../ids.ts";
import type { Queues } from "../queue/queues.ts";
import type { Store } from "../store/connect.ts";
import { findWorkspace } from "../workspaces/find-workspace.ts";
import type { Accept } from "./accept.ts";
import type { WrittenEvents } from "./append/write-events.ts";
import { writeEvents } from "./append/write-events.ts";
import type { PendingChange } from "./consent/change.ts";
import { writeConsents } from "./consent/write-consents.ts";
import { parseJson } from "./edge/parse-json.ts";
import type { PendingEvent } from "./event.ts";
import { toPending } from "./event.ts";
import { createGather } from "./group/gather.ts";
import type { Share } from "./group/share.ts";
import { transact } from "./group/transact.ts";
import { keyRule } from "./keys/rule.ts";
import type { GroupLimits } from "./limits.ts";
import { groupLimits } from "./limits.ts";
import { readCall } from "./shape/read-call.ts";

export interface AcceptOptions {
  readonly store: Store;
  readonly queues: Pick<Queues, "wake">;
  readonly limits?: Partial<GroupLimits>;
  readonly log: Logger;
}

type EventsCall = readonly PendingEvent[];
type ConsentsCall = readonly PendingChange[];

export function createAccept({ store, queues, log, limits: given }: AcceptOptions): Accept {
  const limits = { ...groupLimits, ...given };
  const shardsOf = createShardsOf(store);

  const events = createGather<EventsCall, WrittenEvents>({
    limits,
    weigh: weighEvents,
    write: async (workspaceId, calls) => {
      const shards = await shardsOf(workspaceId);
      const written = await transact(store, workspaceId, (tx) => writeEvents(tx, shards, calls.flat()));
      queues.wake(workspaceId, written.shards);
      log.debug({ workspaceId, calls: calls.length, stored: written.shards.length }, "events stored");
      return calls.map(() => written);
    },
  });

  const consents = createGather<ConsentsCall, void>({
    limits,
    weigh: (changes) => ({ items: changes.length, bytes: changes.length * 200 }),
    write: async (workspaceId, calls) => {
      const shards = await shardsOf(workspaceId);
      const woken = await transact(store, workspaceId, (tx) => writeConsents(tx, shards, calls.flat()));
      queues.wake(workspaceId, woken);
      return calls.map(() => undefined);
    },
  });

  return {
    ingest: async (credential, { kind, body }) => {
      const rule = keyRule(credential);
      const call = readCall(kind, body instanceof Uint8Array ? parseJson(body) : body, rule);
      if (call.events.length > 0) await events.add(credential.workspaceId, call.events);
      return { accepted: call.events.length, rejected: call.rejected };
    },
    events: async (workspaceId, items) => {
      if (items.length === 0) return [];
      const pending = items.map(toPending);
      const { outcomeOf } = await events.add(workspaceId, pending);
      return pending.map(outcomeOf);
    },
    consent: async (workspaceId, changes) => {
      const pending = changes.map((change) => ({ ...change, messageId: uuidv7() }));
      if (pending.length > 0) await consents.add(workspaceId, pending);
    },
    limits,
    idle: async () => {
      await Promise.all([events.idle(), consents.idle()]);
    },
  };
}

function weighEvents(events: EventsCall): Share {
  let bytes = 0;
  for (const { payload } of events) bytes += payload.length;
  return { items: events.length, bytes };
}

// The number never changes, so it is read once.
function createShardsOf(store: Store): (workspaceId: number) => Promise<number> {
  const known = new Map<number, number>();
  return async (workspaceId) => {
    const found = known.get(workspaceId);
    if (found !== undefined) return found;
    const workspace = await findWorkspace(store, workspaceId);
    if (!workspace) throw new WendError("workspace.not_found", { detail: String(workspaceId) });
    known.set(workspaceId, workspace.shards);
    return workspace.shards;
  };
}
