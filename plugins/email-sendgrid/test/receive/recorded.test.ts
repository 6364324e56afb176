import { existsSync, readFileSync } from "node:fs";
import type { Receipt } from "@wend/plugin";
import { expect, test } from "vitest";
import { makeKeys, signEvents } from "../fake/write-events.ts";
import { open, signal } from "../open.ts";

const file = `${process.env.WEND_SHARED}/data/email-events.jsonl`;
const present = process.env.WEND_SHARED !== undefined && existsSync(file);
if (!present) console.log("skipped: recorded events of SendGrid, for WEND_SHARED names no folder with them");

/** A payload, and what an independent reader of it understands. */
interface Recorded {
  readonly esp: string;
  readonly body: string;
  readonly events: readonly Understood[];
}

interface Understood {
  readonly event_type: string;
  readonly timestamp: string;
  readonly event_id: string;
  readonly message_id: string;
  readonly mta_response: string | null;
  readonly reject_reason: string | null;
  readonly recipient: string;
}

const keys = makeKeys();
const own = "4ab185c2-0171-492f-9ce0-27de258efc98";

/** The words of that reader in ours. */
const kinds: Readonly<Record<string, string>> = {
  queued: "accepted",
  delivered: "delivered",
  bounced: "bounced hard",
  "rejected unsubscribed": "failed + unsubscribed",
};

test.skipIf(!present)("recorded events are understood as by an independent reader", async () => {
  const lines = readFileSync(file, "utf8").trim().split("\n");
  const recorded = lines.map((line) => JSON.parse(line) as Recorded).filter(({ esp }) => esp === "SendGrid");
  const compared = (await Promise.all(recorded.map(compare))).flat();
  const agreed = compared.filter(({ theirs, ours }) => theirs === ours);
  const pairs = Object.entries(Object.groupBy(compared, ({ theirs, ours }) => `${theirs} -> ${ours}`));
  console.log(`${pairs.map(([pair, all = []]) => `${pair}: ${all.length}`).join("\n")}`);
  console.log(`sendgrid payloads=${recorded.length} events=${compared.length} agreed=${agreed.length}`);
  expect(compared.length).toBeGreaterThanOrEqual(5);
  expect(agreed).toHaveLength(compared.length);
});

async function compare({ body, events }: Recorded) {
  const receipts = await read(marked(body));
  return events.map((event) => {
    const told = receipts.filter(({ id }) => id.split(":")[0] === event.event_id);
    const [type, because] = [event.event_type, event.reject_reason];
    expect(told[0]).toMatchObject({ at: Date.parse(event.timestamp) });
    // A Message-ID is what that reader falls back to where a mail has no mark of its own.
    if (!event.message_id.startsWith("<")) expect(told[0]?.about).toEqual({ deliveryId: event.message_id });
    if (told[0]?.kind === "bounced") expect(told[0].reason).toBe(event.mta_response);
    return {
      theirs: kinds[because === null ? type : `${type} ${because}`] ?? type,
      ours: told.map(nameOf).join(" + "),
    };
  });
}

const nameOf = (receipt: Receipt) => (receipt.kind === "bounced" ? `bounced ${receipt.bounce}` : receipt.kind);

/** The mark of whoever sent the mail as one of ours: nothing else is changed. */
function marked(body: string): string {
  const events = JSON.parse(body) as Record<string, unknown>[];
  return JSON.stringify(
    events.map(({ anymail_id, ...event }) => ({
      ...event,
      wend_connection: "connection",
      wend_delivery: anymail_id ?? own,
    })),
  );
}

async function read(body: string): Promise<readonly Receipt[]> {
  const config = { apiKey: "SG.key", from: "shop@example.com", publicKey: keys.publicKey };
  const { receive, host } = await open(config);
  const headers = new Headers(signEvents(body, { privateKey: keys.privateKey, at: host.now() }));
  const url = host.links.webhookUrl;
  return (await receive({ method: "POST", url, headers, body: Buffer.from(body), signal })).receipts ?? [];
}
