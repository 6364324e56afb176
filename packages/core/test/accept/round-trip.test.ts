import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { TestStore } from "../../src/testing/index.ts";
import { createTestStore } from "../../src/testing/index.ts";
import type { EventRow } from "./harness.ts";
import { acceptOn, call, query, serverKey } from "./harness.ts";

let db: TestStore;
beforeAll(async () => {
  db = await createTestStore();
});
afterAll(() => db.close());

const text = fc.string({ unit: "binary" }).map((value) => value.replaceAll("\0", ""));
const key = text.filter((value) => !["__proto__", "constructor", "prototype"].includes(value));
const number = fc.oneof(
  fc.maxSafeInteger(),
  // jsonb has no negative zero.
  fc.double({ min: -(2 ** 53) + 1, max: 2 ** 53 - 1, noNaN: true }).map((value) => value + 0),
);
const { json } = fc.letrec((tie) => ({
  json: fc.oneof(
    { depthSize: "small" },
    text,
    number,
    fc.boolean(),
    fc.constant(null),
    fc.array(tie("json")),
    tie("object"),
  ),
  object: fc.dictionary(key, tie("json"), { noNullPrototype: true }),
}));
const object = fc.dictionary(key, json, { noNullPrototype: true });
const id = fc.oneof(
  text.filter((value) => value.length > 0 && value.length <= 256),
  fc.maxSafeInteger(),
);
const time = fc.date({
  min: new Date("1900-01-01T00:00:00Z"),
  max: new Date("2199-12-31T23:59:59.999Z"),
  noInvalidDate: true,
});
const ids = fc.oneof(
  fc.record({ userId: id }),
  fc.record({ anonymousId: id }),
  fc.record({ userId: id, anonymousId: id }),
);

const event = fc
  .tuple(
    ids,
    fc.record({ context: object, timestamp: time.map((at) => at.toISOString()) }, { requiredKeys: [] }),
    fc.oneof(
      fc.record({
        type: fc.constant("track"),
        event: text.filter((name) => name.length > 0 && name.length <= 200 && !name.startsWith("$")),
        properties: object,
      }),
      fc.record({ type: fc.constant("identify"), traits: object }),
    ),
  )
  .map(([names, common, own]): Record<string, unknown> => ({ ...names, ...common, ...own }));

it("any valid events come back from the ledger as they were sent", async () => {
  const accept = acceptOn(db.store);
  let round = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(event, { minLength: 1, maxLength: 20 }), async (events) => {
      round++;
      const batch = events.map((one, n) => ({ ...one, messageId: `${round}-${n}` }));
      const result = await accept.ingest(serverKey(db.workspace), call("batch", { batch }));
      expect(result).toEqual({ accepted: batch.length, rejected: [] });

      const stored = await query<EventRow & { names: string[] }>(
        db,
        `select e.*, (select array_agg(i.kind || ' ' || i.value) from identities i
           where (i.workspace_id, i.profile_id) = (e.workspace_id, e.profile_id)) as names
         from events e where message_id = any($1) order by received_at, id`,
        [batch.map(({ messageId }) => messageId)],
      );
      expect(stored).toHaveLength(batch.length);
      for (const [n, sent] of (batch as Record<string, unknown>[]).entries()) {
        const row = stored[n]!;
        const { properties, traits, context } = sent;
        expect(row.payload).toEqual(JSON.parse(JSON.stringify({ properties, traits, context })));
        expect(row.kind).toBe(sent.type);
        expect(row.name).toBe(sent.event ?? "$identify");
        expect(row.occurred_at).toBe(sent.timestamp ? Date.parse(sent.timestamp as string) : row.received_at);
        expect(row.names).toContain(
          sent.userId !== undefined ? `user_id ${sent.userId}` : `anonymous_id ${sent.anonymousId}`,
        );
      }
    }),
    { numRuns: 60 },
  );
});
