import type { Call } from "./call.ts";
import type { Stream } from "./stream.ts";

/** A message as a page shows it. Times are milliseconds since the epoch. */
export interface InboxMessage {
  readonly id: string;
  readonly title: string;
  readonly body: string;
  readonly url: string | null;
  readonly at: number;
  readonly expiresAt: number | null;
  readonly read: boolean;
}

/** The customer's messages. */
export interface Inbox {
  /** The newest first; `next` is the `after` of the older ones. */
  list(after?: string): Promise<{ readonly items: readonly InboxMessage[]; readonly next: string | null }>;
  /** Calls with the newest messages at once, and whenever they change. Returns what ends it. */
  subscribe(listener: (messages: readonly InboxMessage[]) => void): () => void;
  /** Says that a message was seen. */
  read(id: string): Promise<void>;
  /** Says that its link was followed. */
  click(id: string): Promise<void>;
  /** Takes it out of the inbox. */
  dismiss(id: string): Promise<void>;
}

export function createInbox(call: Call, stream: Stream): Inbox {
  const known = new Map<string, InboxMessage>();
  // A list that was on its way may still have them.
  const gone = new Set<string>();
  const listeners = new Set<(messages: readonly InboxMessage[]) => void>();
  let stop = (): void => {};

  const list: Inbox["list"] = async (after) => {
    const query = after === undefined ? "" : `?after=${encodeURIComponent(after)}`;
    return (await call(`/inbox${query}`)).json() as ReturnType<Inbox["list"]>;
  };
  const tell = (): void => {
    const now = Date.now();
    const live = [...known.values()].filter(({ expiresAt }) => expiresAt === null || expiresAt > now);
    const messages = live.sort((a, b) => (a.id < b.id ? 1 : -1));
    for (const listener of listeners) listener(messages);
  };
  // What came while the list was on its way is newer than the list.
  const refresh = async (): Promise<void> => {
    const before = new Set(known.keys());
    const { items } = await list();
    for (const id of before) known.delete(id);
    for (const item of items) if (!gone.has(item.id)) known.set(item.id, item);
    tell();
  };
  const report = async (id: string, done: string): Promise<void> => {
    if (done === "dismiss") gone.add(id);
    await call(`/inbox/${encodeURIComponent(id)}/${done}`, { method: "POST" });
    const message = known.get(id);
    if (!message) return;
    if (done === "dismiss") known.delete(id);
    else known.set(id, { ...message, read: true });
    tell();
  };
  return {
    list,
    subscribe: (listener) => {
      if (listeners.size === 0) {
        stop = stream.listen(({ event, data }) => {
          if (event === "ready") void refresh().catch(() => {});
          if (event !== "inbox") return;
          const message: InboxMessage = JSON.parse(data);
          if (known.has(message.id)) return;
          known.set(message.id, message);
          tell();
        });
      } else void refresh().catch(() => {});
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) stop();
      };
    },
    read: (id) => report(id, "read"),
    click: (id) => report(id, "click"),
    dismiss: (id) => report(id, "dismiss"),
  };
}
