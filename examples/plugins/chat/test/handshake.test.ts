import { expect, test } from "vitest";
import { chatEvents } from "./chat-events.ts";
import { open } from "./open.ts";

test("the challenge of the handshake is given back", async () => {
  const secret = chatEvents.makeSecret();
  const { connection } = await open({ signingSecret: secret });
  const url = "https://wend.test/hooks/chat/connection";
  const handshake = chatEvents.samples.find(({ name }) => name === "the handshake")!;
  const at = Date.UTC(2026, 0, 1);
  const { headers, body } = chatEvents.sign(handshake.body({ number: 7, at }), { secret, at, url });
  const { signal } = new AbortController();
  const request = { method: "POST", url, headers: new Headers(headers), body: Buffer.from(body), signal };
  expect(await connection.receive!(request)).toMatchObject({
    proof: { by: "signature", signedAt: at },
    reply: { contentType: "text/plain", body: "challenge-7" },
  });
});
