import { expect, test } from "vitest";
import { certificate, startInbox } from "./inbox.ts";
import { brisk, hello, open, refusal } from "./open.ts";
import { startScripted } from "./scripted-server.ts";

const onAuth: Parameters<typeof startInbox>[0] = {
  onAuth: ({ username, password }, _session, done) =>
    password === "pass-7c41" ? done(null, { user: username }) : done(new Error("Invalid username or password")),
};

test("tls encrypts from the first byte, and the certificate is that of the configured host", async () => {
  await using inbox = await startInbox({ secure: true });
  await using smtp = await open({ port: inbox.port, secure: "tls", ca: certificate });
  await smtp.send(hello);
  expect(inbox.mails[0]?.secure).toBe(true);
});

test("starttls encrypts before anything is told, and authenticates after", async () => {
  await using inbox = await startInbox({ ...onAuth, authOptional: false });
  const config = { port: inbox.port, secure: "starttls", ca: certificate, user: "shop", pass: "pass-7c41" };
  await using smtp = await open(config);
  await smtp.send(hello);
  expect(inbox.mails[0]).toMatchObject({ secure: true, user: "shop" });
});

test.each(["tls", "starttls"] as const)("%s refuses a certificate that nobody vouches for", async (secure) => {
  await using inbox = await startInbox({ secure: secure === "tls" });
  await using smtp = await open({ port: inbox.port, secure });
  expect(await refusal(smtp.send(hello))).toMatchObject({
    code: "provider.unavailable",
    detail: expect.stringContaining("DEPTH_ZERO_SELF_SIGNED_CERT"),
  });
  expect(inbox.mails).toEqual([]);
});

test.each(["tls", "starttls"] as const)("%s refuses the certificate of another host", async (secure) => {
  await using inbox = await startInbox({ secure: secure === "tls" });
  await using smtp = await open({ host: "mail.example.com", port: inbox.port, secure, ca: certificate });
  expect(await refusal(smtp.send(hello))).toMatchObject({
    code: "provider.unavailable",
    detail: expect.stringContaining("ERR_TLS_CERT_ALTNAME_INVALID"),
  });
});

test("starttls sends nothing in the clear to a server that does not offer it", async () => {
  await using server = await startScripted({});
  await using smtp = await open({ port: server.port, secure: "starttls", user: "shop", pass: "pass-7c41" });
  expect(await refusal(smtp.send(hello))).toMatchObject({ code: "provider.unavailable" });
  expect(server.reached).not.toContain("AUTH");
  expect(server.reached).not.toContain("MAIL");
});

test("wrong credentials are told as such", async () => {
  await using inbox = await startInbox({ ...onAuth, authOptional: false });
  const config = { port: inbox.port, secure: "starttls", ca: certificate, user: "shop", pass: "wrong" };
  await using smtp = await open(config);
  expect(await refusal(smtp.send(hello))).toMatchObject({ code: "provider.unauthorized" });
});

test("a server that does not go on with the handshake is given up after a while", async () => {
  await using server = await startScripted({ greeting: "hang" });
  await using smtp = await open({ port: server.port, secure: "tls", timeouts: brisk });
  expect(await refusal(smtp.send(hello))).toMatchObject({ code: "provider.unavailable" });
});
