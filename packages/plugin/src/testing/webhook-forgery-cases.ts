import assert from "node:assert/strict";
import { WendError } from "../errors.ts";
import type { Receiver, ReceiverSetup, Sent } from "./open-receiver.ts";
import { openReceiver } from "./open-receiver.ts";
import type { ConformanceTest } from "./test-plugin.ts";
import type { WebhookSample } from "./webhook-tests.ts";

const MOST_FLIPS = 100;

/** The tests of what a connection must not take for a genuine webhook; none where the provider signs nothing. */
export function webhookForgeryCases(setup: ReceiverSetup): ConformanceTest[] {
  const { samples, signature } = setup.webhooks;
  if (signature === "none") return [];
  const { header, coversBody = true, byKeyPair = false } = signature;
  const named = (sentence: string, body: (sample: WebhookSample) => Promise<unknown>): ConformanceTest => ({
    name: `${setup.plugin.manifest.id}: ${sentence}`,
    run: async () => {
      for (const sample of samples) await body(sample);
    },
  });
  const received =
    (body: (receiver: Receiver, sample: WebhookSample) => Promise<unknown>) => async (s: WebhookSample) => {
      await using receiver = await openReceiver(setup);
      await receiver.read(receiver.request(s));
      await body(receiver, s);
    };
  return [
    ...(coversBody ? [named("a webhook with one byte of its body flipped is refused", received(refusesFlips))] : []),
    ...(coversBody ? [named("a webhook whose JSON was written anew is refused", received(refusesNewJson))] : []),
    named("a header changed on the way is refused, or changes nothing", received(trustsNoHeader)),
    ...(header === undefined
      ? []
      : [
          named(
            "a webhook without a signature, or with an empty one, is refused",
            received((receiver, sample) => refusesUnsigned({ receiver, sample, header })),
          ),
        ]),
    named(
      "a webhook signed with another connection's secret is refused",
      received(async ({ refuses, request }, sample) => {
        await refuses(request(sample, { secret: setup.webhooks.makeSecret() }), "another connection's secret");
      }),
    ),
    ...(byKeyPair
      ? []
      : [named("a webhook signed with an empty secret is refused", (sample) => refusesEmptySecret(setup, sample))]),
    named("both secrets in rotation are taken, and no third one", (sample) => takesBothSecrets(setup, sample)),
    named(
      "no log line and no refusal holds a secret of webhooks",
      received((receiver, sample) => tellsNoSecret({ receiver, sample, header })),
    ),
  ];
}

async function refusesFlips({ refuses, request }: Receiver, sample: WebhookSample): Promise<void> {
  const sent = request(sample);
  const step = Math.max(1, Math.floor(sent.body.length / MOST_FLIPS));
  for (let at = 0; at < sent.body.length; at += step) {
    await refuses({ ...sent, body: sent.body.with(at, sent.body[at]! ^ 1) }, `byte ${at} of the body flipped`);
  }
}

async function refusesNewJson({ refuses, request }: Receiver, sample: WebhookSample): Promise<void> {
  const sent = request(sample);
  const text = Buffer.from(sent.body).toString();
  if (!/^\s*[[{]/.test(text)) return;
  for (const indent of [0, 1]) {
    const anew = JSON.stringify(JSON.parse(text), null, indent);
    if (anew !== text) await refuses({ ...sent, body: new Uint8Array(Buffer.from(anew)) }, "JSON written anew");
  }
}

async function trustsNoHeader({ read, request }: Receiver, sample: WebhookSample): Promise<void> {
  const sent = request(sample);
  const genuine = await read(sent);
  for (const [name, value] of Object.entries(sent.headers)) {
    const end = value.endsWith("1") ? "2" : "1";
    const changed = await read({ ...sent, headers: { ...sent.headers, [name]: value.slice(0, -1) + end } }).catch(
      (error: unknown) => {
        if (error instanceof WendError && error.code === "webhook.refused") return genuine;
        throw error;
      },
    );
    assert.deepEqual(changed, genuine, `the header ${name} is not signed, and was believed`);
  }
}

interface Unsigned {
  readonly receiver: Receiver;
  readonly sample: WebhookSample;
  readonly header: string | undefined;
}

function without(sent: Sent, header: string): Sent {
  const kept = Object.entries(sent.headers).filter(([name]) => name.toLowerCase() !== header.toLowerCase());
  return { ...sent, headers: Object.fromEntries(kept) };
}

async function refusesUnsigned({ receiver, sample, header = "" }: Unsigned): Promise<void> {
  const sent = receiver.request(sample);
  const bare = without(sent, header);
  assert.notDeepEqual(bare, sent, `the request that the setup signs has no header ${header}`);
  await receiver.refuses(bare, `no ${header}`);
  await receiver.refuses({ ...bare, headers: { ...bare.headers, [header]: "" } }, `an empty ${header}`);
}

async function refusesEmptySecret(setup: ReceiverSetup, sample: WebhookSample): Promise<void> {
  for (const trusted of [setup.webhooks.makeSecret(), ""]) {
    // A connection that an empty secret keeps from opening takes nothing that is signed with one.
    const receiver = await openReceiver(setup, [trusted]).catch((error: unknown) => {
      if (trusted === "") return undefined;
      throw error;
    });
    if (receiver === undefined) continue;
    await using opened = receiver;
    await opened.refuses(opened.request(sample, { secret: "" }), "signed with an empty secret");
  }
}

async function takesBothSecrets(setup: ReceiverSetup, sample: WebhookSample): Promise<void> {
  const secrets: [string, string] = [setup.webhooks.makeSecret(), setup.webhooks.makeSecret()];
  await using receiver = await openReceiver(setup, secrets);
  for (const secret of secrets) await receiver.read(receiver.request(sample, { secret }));
  await receiver.refuses(receiver.request(sample, { secret: setup.webhooks.makeSecret() }), "a third secret");
}

async function tellsNoSecret({ receiver, sample, header }: Unsigned): Promise<void> {
  const { open, request, read, secret } = receiver;
  const forged = request(sample, { at: receiver.now - 1_000 });
  const requests = [{ ...forged, body: new Uint8Array(0) }, ...(header === undefined ? [] : [without(forged, header)])];
  const heard: unknown[] = [];
  for (const sent of requests) await read(sent).catch((error: unknown) => heard.push(String(error)));
  const told = JSON.stringify([heard, open.host.lines]);
  assert.ok(!told.includes(JSON.stringify(secret).slice(1, -1)), "a log line or a refusal holds a secret");
}
