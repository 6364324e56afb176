import assert from "node:assert/strict";
import { WendError } from "../errors.ts";
import { settlesWithin } from "./expectations.ts";
import { malformedBodies } from "./malformed-bodies.ts";
import type { Receiver, ReceiverSetup } from "./open-receiver.ts";
import { openReceiver } from "./open-receiver.ts";
import { idsOf, parseFacts } from "./parse-facts.ts";
import type { ConformanceTest } from "./test-plugin.ts";
import type { WebhookSample } from "./webhook-tests.ts";

const ABORT_MS = 1_000;
const DAY_MS = 86_400_000;

/** The tests of how a connection reads genuine webhooks. */
export function webhookCases(setup: ReceiverSetup): ConformanceTest[] {
  const { manifest } = setup.plugin;
  const named = (sentence: string, body: (receiver: Receiver) => Promise<unknown>): ConformanceTest => ({
    name: `${manifest.id}: ${sentence}`,
    run: async () => {
      await using receiver = await openReceiver(setup);
      await body(receiver);
    },
  });
  const eachSample = (sentence: string, body: (receiver: Receiver, sample: WebhookSample) => Promise<unknown>) =>
    setup.webhooks.samples.map((sample) => named(`${sentence}: ${sample.name}`, (receiver) => body(receiver, sample)));
  return [
    named("the setup has a webhook to try", async () => assert.notEqual(setup.webhooks.samples.length, 0)),
    ...eachSample("a genuine webhook says what its author says", async ({ read, request, now }, sample) => {
      const event = { number: 1, at: now - DAY_MS };
      const { receipts, signals } = await read(request(sample, { event }));
      assert.deepEqual({ receipts, signals }, parseFacts(manifest, sample.says(event)));
    }),
    ...eachSample("a fact told again has the same id, and another one another", tellsFactsApart),
    ...eachSample("the proof tells when a webhook was signed, and which one it is", (receiver, sample) =>
      provesItself(setup, receiver, sample),
    ),
    ...eachSample("what is malformed but signed is an error with a code, or well-formed facts", readsAnything),
    ...eachSample("an abort ends the reading of a webhook", async ({ open, read, request }, sample) => {
      open.provider.behave("hang");
      const controller = new AbortController();
      const reading = coded(read(request(sample), controller.signal));
      controller.abort();
      await settlesWithin(ABORT_MS, reading);
    }),
  ];
}

async function tellsFactsApart({ read, request, now }: Receiver, sample: WebhookSample): Promise<void> {
  const event = { number: 1, at: now };
  const first = idsOf(await read(request(sample, { event })));
  const again = idsOf(await read(request(sample, { event, at: now + 1_000 })));
  assert.deepEqual(again, first, "the provider told it again, and it has other ids");
  const other = new Set(idsOf(await read(request(sample, { event: { number: 2, at: now } }))));
  assert.deepEqual(
    first.filter((id) => other.has(id)),
    [],
    "two events have facts of one id",
  );
}

async function provesItself(
  { webhooks: { signature } }: ReceiverSetup,
  { read, request, now }: Receiver,
  sample: WebhookSample,
): Promise<void> {
  const { proof } = await read(request(sample));
  if (signature === "none") {
    assert.deepEqual(proof, { by: "none" });
    return;
  }
  assert.equal(proof.by, "signature");
  const nonces = new Set([nonceOf(proof)]);
  assert.ok(![...nonces].includes(""), "a nonce is not empty");
  assert.equal(nonceOf((await read(request(sample))).proof), nonceOf(proof), "one request has two nonces");
  for (const told of [{ at: now - 60_000 }, { event: { number: 2, at: now } }]) {
    if (signature.coversTime === false && told.at !== undefined) continue;
    const other = (await read(request(sample, told))).proof;
    assert.equal(signedAt(other), signature.coversTime === false ? undefined : (told.at ?? now), "signedAt");
    assert.ok(!nonces.has(nonceOf(other)), "two requests have one nonce");
  }
}

type Proof = Awaited<ReturnType<Receiver["read"]>>["proof"];
const nonceOf = (proof: Proof) => (proof.by === "signature" ? proof.nonce : "");
const signedAt = (proof: Proof) => (proof.by === "signature" ? proof.signedAt : undefined);

async function readsAnything({ read, request, signed, now }: Receiver, sample: WebhookSample): Promise<void> {
  await read(request(sample));
  for (const body of malformedBodies(sample.body({ number: 1, at: now }))) {
    await coded(read(signed(body)), `a body of ${body.slice(0, 80)}`);
  }
}

/** Passes whatever is read; fails at an error that has no code. */
async function coded(reading: Promise<unknown>, what = "a webhook"): Promise<void> {
  await reading.catch((error: unknown) => {
    if (error instanceof WendError) return;
    throw new assert.AssertionError({ message: `${what}: ${String(error)}` });
  });
}
