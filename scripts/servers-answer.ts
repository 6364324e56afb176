// Exits with 0 when every server named by a URL speaks its protocol; else prints which do not, and exits with 1.
import { connect } from "node:net";

interface Greeting {
  readonly port: number;
  readonly says: Uint8Array;
  readonly hears: RegExp;
}

const greetings: Readonly<Record<string, Greeting>> = {
  // SSLRequest: any PostgreSQL answers one byte, yes or no, before it asks who is there.
  "postgres:": { port: 5432, says: Uint8Array.of(0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f), hears: /^[SN]/ },
  "redis:": { port: 6379, says: new TextEncoder().encode("PING\r\n"), hears: /^(\+PONG|-NOAUTH)/ },
};

for (const url of process.argv.slice(2).map((argument) => new URL(argument))) {
  const silence = await greet(url);
  if (silence === undefined) continue;
  console.log(`${url.protocol}//${url.host} does not answer: ${silence}`);
  process.exitCode = 1;
}

// Resolves to what went wrong, if anything did.
function greet(url: URL): Promise<string | undefined> {
  const greeting = greetings[url.protocol];
  if (greeting === undefined) return Promise.resolve("unknown protocol");
  return new Promise((done) => {
    const end = (silence?: string): void => {
      socket.destroy();
      done(silence);
    };
    const socket = connect({ host: url.hostname, port: Number(url.port) || greeting.port, timeout: 3_000 })
      .on("connect", () => socket.write(greeting.says))
      .on("data", (reply) => end(greeting.hears.test(reply.toString("latin1")) ? undefined : "not what was expected"))
      .on("timeout", () => end("timed out"))
      .on("close", () => end("closed"))
      .on("error", (error) => end(error.message));
  });
}
