import { createHmac } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import type { Facts, Plugin, PluginHost, Received, Signal, WebhookRequest } from "@wend/plugin";
import type { WebhookEvent, WebhookSample, WebhookTests } from "@wend/plugin/testing";
import { describe, expect, test } from "vitest";
import { startDesk } from "./desk-stand-in.ts";
import { deskWebhooks } from "./desk-webhooks.ts";
import { failuresOf } from "./failures-of.ts";
import { supportDesk } from "./support-desk.ts";

const desk: Plugin = supportDesk;
type Receive = (webhook: WebhookRequest) => Promise<Received>;
type Config = Parameters<Plugin["connect"]>[0];

interface Right {
  readonly receive: Receive;
  readonly config: Config;
  readonly host: PluginHost;
  /** The receive of a connection with another config. */
  trusting(config: Config): Promise<Receive>;
}

/** What a plugin fails whose `receive` misbehaves around the right one. */
function failures(misbehave: (right: Right) => Receive, webhooks: Partial<WebhookTests> = {}): Promise<string[]> {
  const open = async (config: Config, host: PluginHost) => {
    const connection = await desk.connect(config, host);
    return { ...connection, receive: connection.receive!.bind(connection) };
  };
  const plugin: Plugin = {
    manifest: desk.manifest,
    connect: async (config, host) => {
      const right = await open(config, host);
      const trusting = async (other: Config) => (await open({ ...config, ...other }, host)).receive;
      return { ...right, receive: misbehave({ receive: right.receive, config, host, trusting }) };
    },
  };
  const calls = { open: { input: { subject: "Broken", text: "It does not start." } } };
  return failuresOf({ plugin, calls, startProvider: startDesk, webhooks: { ...deskWebhooks, ...webhooks } });
}

/** Takes again what looks like a webhook that it took before. */
const remembering = (looksAlike: (seen: WebhookRequest, webhook: WebhookRequest) => boolean) => (right: Right) => {
  const taken: { webhook: WebhookRequest; received: Received }[] = [];
  const receive: Receive = async (webhook) => {
    const known = taken.find((seen) => looksAlike(seen.webhook, webhook));
    if (known !== undefined) return known.received;
    const received = await right.receive(webhook);
    taken.push({ webhook, received });
    return received;
  };
  return receive;
};

const header = (webhook: WebhookRequest, name: string) => webhook.headers.get(`webhook-${name}`);
const sameSignature = (seen: WebhookRequest, webhook: WebhookRequest) =>
  header(seen, "signature") === header(webhook, "signature") &&
  header(seen, "timestamp") === header(webhook, "timestamp");
const json = ({ body }: WebhookRequest): unknown => {
  try {
    return JSON.parse(Buffer.from(body).toString());
  } catch {
    return undefined;
  }
};
/** The sentence once for each sample. */
const each = (sentence: string, names = deskWebhooks.samples.map(({ name }) => name)) =>
  names.map((name) => `${sentence}: ${name}`);
const told = ["a reply", "a solved ticket"];

describe("a plugin whose receive does not conform fails the test of what it does wrong", () => {
  test("a body that is not compared byte for byte", async () => {
    const wrong = remembering(
      (seen, webhook) =>
        sameSignature(seen, webhook) &&
        seen.body.length === webhook.body.length &&
        !isDeepStrictEqual(json(seen), json(webhook)),
    );
    expect(await failures(wrong)).toEqual(["a webhook with one byte of its body flipped is refused"]);
  });

  test("a signature that is compared with the JSON written anew", async () => {
    const wrong = remembering(
      (seen, webhook) => sameSignature(seen, webhook) && isDeepStrictEqual(json(seen), json(webhook)),
    );
    expect(await failures(wrong)).toEqual(["a webhook whose JSON was written anew is refused"]);
  });

  test("a time that is believed without being signed", async () => {
    const wrong = (right: Right): Receive => {
      let signed: string | null = null;
      return async (webhook) => {
        if (header(webhook, "timestamp") === "") return right.receive(webhook);
        const received = await right.receive(webhook).catch(async (error) => {
          const headers = new Headers(webhook.headers);
          headers.set("webhook-timestamp", signed ?? "");
          return right.receive({ ...webhook, headers }).catch(() => Promise.reject(error));
        });
        signed = signed ?? header(webhook, "timestamp");
        const signedAt = Number(header(webhook, "timestamp")) * 1_000;
        return { ...received, proof: { ...(received.proof as { by: "signature"; nonce: string }), signedAt } };
      };
    };
    expect(await failures(wrong)).toEqual(["a header changed on the way is refused, or changes nothing"]);
  });

  test("a webhook without a signature that is taken", async () => {
    const wrong =
      ({ receive, config }: Right): Receive =>
      async (webhook) => {
        if (header(webhook, "signature")) return receive(webhook);
        const body = Buffer.from(webhook.body).toString();
        const signing = { secret: String(config.webhookSecret), at: 1_700_000_000_000, url: webhook.url };
        return receive({ ...webhook, headers: new Headers(deskWebhooks.sign(body, signing).headers) });
      };
    expect(await failures(wrong)).toEqual(["a webhook without a signature, or with an empty one, is refused"]);
  });

  test("a secret of any connection", async () => {
    const made: string[] = [];
    const makeSecret = () => made[made.push(deskWebhooks.makeSecret()) - 1]!;
    const wrong =
      ({ trusting }: Right): Receive =>
      async (webhook) => {
        let refusal: unknown;
        for (const webhookSecret of made) {
          const receive = await trusting({ webhookSecret });
          try {
            return await receive(webhook);
          } catch (error) {
            refusal = error;
          }
        }
        throw refusal;
      };
    expect(await failures(wrong, { makeSecret })).toEqual([
      "a webhook signed with another connection's secret is refused",
      "both secrets in rotation are taken, and no third one",
    ]);
  });

  test("an empty secret", async () => {
    const wrong =
      ({ receive, trusting }: Right): Receive =>
      async (webhook) => {
        const content = `${header(webhook, "id")}.${header(webhook, "timestamp")}.`;
        const mac = createHmac("sha256", "").update(content).update(webhook.body).digest("base64");
        if (header(webhook, "signature") !== `v1,${mac}`) return receive(webhook);
        const secret = deskWebhooks.makeSecret();
        const at = Number(header(webhook, "timestamp")) * 1_000;
        const signed = deskWebhooks.sign(Buffer.from(webhook.body).toString(), { secret, at, url: webhook.url });
        return (await trusting({ webhookSecret: secret }))({ ...webhook, headers: new Headers(signed.headers) });
      };
    expect(await failures(wrong)).toEqual(["a webhook signed with an empty secret is refused"]);
  });

  test.each(["webhookSecret", "previousWebhookSecret"])("a rotation in which %s is not looked at", async (field) => {
    const wrong =
      ({ receive, config, trusting }: Right): Receive =>
      async (webhook) =>
        config.previousWebhookSecret === undefined
          ? receive(webhook)
          : (await trusting({ [field]: undefined }))(webhook);
    expect(await failures(wrong)).toEqual(["both secrets in rotation are taken, and no third one"]);
  });

  test("a secret in a log line", async () => {
    const wrong =
      ({ receive, config, host }: Right): Receive =>
      (webhook) => {
        host.log.debug({ config }, "a webhook came in");
        return receive(webhook);
      };
    expect(await failures(wrong)).toEqual(["no log line and no refusal holds a secret of webhooks"]);
  });

  test("facts that nobody has told", async () => {
    const wrong =
      ({ receive }: Right): Receive =>
      async (webhook) => {
        const { receipts = [], ...received } = await receive(webhook);
        return { ...received, receipts: receipts.map((receipt) => ({ ...receipt, at: receipt.at + 1 })) };
      };
    expect(await failures(wrong)).toEqual(each("a genuine webhook says what its author says", ["a reply"]));
  });

  test("a receipt of a kind that the manifest does not name", async () => {
    const wrong =
      ({ receive }: Right): Receive =>
      async (webhook) => {
        const { receipts, ...received } = await receive(webhook);
        const delivered = receipts?.map(({ id, at, about }) => ({ kind: "delivered", id, at, about }) as const);
        return { ...received, ...(delivered && { receipts: delivered }) };
      };
    expect(await failures(wrong)).toContain("a genuine webhook says what its author says: a reply");
  });

  test("a receipt and a signal of one id", async () => {
    const wrong =
      ({ receive }: Right): Receive =>
      async (webhook) => {
        const { signals = [], ...received } = await receive(webhook);
        const receipts = signals.map(
          ({ id, at }) => ({ kind: "replied", id, at, about: { providerId: "7" } }) as const,
        );
        return { receipts, ...received, signals };
      };
    expect(await failures(wrong)).toContain("a genuine webhook says what its author says: a solved ticket");
  });

  test.each<[string, () => object]>([
    ["a NUL", () => ({ data: { number: 7, note: "\0" } })],
    ["half of a character", () => ({ data: { number: 7, note: "\ud83d" } })],
    ["half of a character in a name", () => ({ data: { number: 7, "\ud83d": 1 } })],
    ["an id of a customer that is too long", () => ({ about: { userId: "u".repeat(257) } })],
    ["a name that is too long", () => ({ name: "n".repeat(201) })],
    ["data that is no object", () => ({ data: [7] })],
  ])("a signal that the host would not take, whoever has written it: %s", async (_, change) => {
    const changed = (facts: Facts) => {
      const signals = facts.signals?.map((signal) => ({ ...signal, ...change() }) as Signal);
      return { ...facts, ...(signals && { signals }) };
    };
    const wrong =
      ({ receive }: Right): Receive =>
      async (webhook) => {
        const received = await receive(webhook);
        return { ...received, ...changed(received) };
      };
    const says = (sample: WebhookSample) => (event: WebhookEvent) => changed(sample.says(event));
    const samples = deskWebhooks.samples.map((sample) => ({ ...sample, says: says(sample) }));
    expect(await failures(wrong, { samples })).toContain(
      "a genuine webhook says what its author says: a solved ticket",
    );
  });

  test("two facts of one id that differ, of which the host would lose one", async () => {
    const wrong =
      ({ receive }: Right): Receive =>
      async (webhook) => {
        const { receipts = [], ...received } = await receive(webhook);
        return { ...received, receipts: receipts.flatMap((one) => [one, { ...one, at: one.at + 1 }]) };
      };
    expect(await failures(wrong)).toContain("a genuine webhook says what its author says: a reply");
  });

  test("ids made of the request instead of the fact", async () => {
    const wrong =
      ({ receive }: Right): Receive =>
      async (webhook) => {
        const { receipts = [], signals = [], proof } = await receive(webhook);
        const anew = <Fact extends { readonly id: string }>(fact: Fact): Fact => ({
          ...fact,
          id: `${fact.id}/${header(webhook, "timestamp")}`,
        });
        return { proof, receipts: receipts.map(anew), signals: signals.map(anew) };
      };
    expect(await failures(wrong)).toEqual([
      ...each("a genuine webhook says what its author says", told),
      ...each("a fact told again has the same id, and another one another", told),
    ]);
  });

  const proving = each("the proof tells when a webhook was signed, and which one it is");
  test.each<[string, (webhook: WebhookRequest) => object]>([
    ["the time of its arrival", () => ({ signedAt: 1 })],
    ["one nonce for all", () => ({ nonce: "nonce" })],
    ["a nonce made anew", () => ({ nonce: String(Math.random()) })],
    ["no proof", () => ({ by: "none" })],
  ])("%s", async (what, changed) => {
    const wrong =
      ({ receive }: Right): Receive =>
      async (webhook) => {
        const received = await receive(webhook);
        return { ...received, proof: { ...received.proof, ...changed(webhook) } as Received["proof"] };
      };
    const failed = await failures(wrong);
    // Whoever makes the nonce anew also reads one request in two ways.
    expect(failed).toEqual([
      ...proving,
      ...(what === "a nonce made anew" ? ["a header changed on the way is refused, or changes nothing"] : []),
    ]);
  });

  test("a crash at what is malformed", async () => {
    const wrong =
      ({ receive }: Right): Receive =>
      async (webhook) =>
        receive(webhook).catch((error) => {
          throw error.code === "webhook.refused" ? error : new TypeError("undefined is not a function");
        });
    expect(await failures(wrong)).toEqual(
      each("what is malformed but signed is an error with a code, or well-formed facts"),
    );
  });

  test("an abort that is ignored", async () => {
    const wrong =
      ({ receive, config, host }: Right): Receive =>
      async (webhook) => {
        await host.fetch(`${config.url}/tickets`, { method: "POST", body: '{"reference":"key"}' });
        return receive(webhook);
      };
    expect(await failures(wrong)).toEqual(each("an abort ends the reading of a webhook"));
  });

  test("a setup without samples, or with webhooks that nobody signs", async () => {
    expect(await failures(({ receive }) => receive, { samples: [] })).toEqual(["the setup has a webhook to try"]);
    expect(await failures(({ receive }) => receive, { signature: "none" })).toEqual(proving);
  });
});

test("a plugin that hands on what its provider said twice over conforms: it is one fact", async () => {
  const twice =
    ({ receive }: Right): Receive =>
    async (webhook) => {
      const { receipts = [], signals = [], proof } = await receive(webhook);
      return { proof, receipts: [...receipts, ...receipts], signals: [...signals, ...signals] };
    };
  expect(await failures(twice)).toEqual([]);
});
