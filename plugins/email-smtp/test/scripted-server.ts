import { once } from "node:events";
import type { AddressInfo, Socket } from "node:net";
import { createServer } from "node:net";
import { createInterface } from "node:readline";

/** The points of a conversation at which the server can misbehave. `end` is after the line with the dot. */
export type Phase = "greeting" | "EHLO" | "AUTH" | "MAIL" | "RCPT" | "DATA" | "end";

/** A reply, or what to do instead of replying. */
export type Behaviour = string;
type Script = { readonly [phase in Phase]: Behaviour };

export interface ScriptedServer extends AsyncDisposable {
  readonly port: number;
  /** Phases reached so far, over all connections. */
  readonly reached: Phase[];
  /** Resolves when a connection has reached the phase. */
  reaches(phase: Phase): Promise<void>;
  /** Open sockets, as the server sees it. */
  open(): number;
}

const usual: Script = {
  greeting: "220 scripted",
  EHLO: "250-scripted\r\n250 AUTH PLAIN",
  AUTH: "235 welcome",
  MAIL: "250 ok",
  RCPT: "250 ok",
  DATA: "354 go on",
  end: "250 queued",
};
const pipelined = { ...usual, EHLO: "250-scripted\r\n250-PIPELINING\r\n250 AUTH PLAIN" };

interface Options {
  /** Makes clients send the envelope in one go. */
  readonly pipelining?: boolean;
  /** Drops a connection at the MAIL after so many mails. */
  readonly mailsPerConnection?: number;
}

/** A raw TCP server that speaks SMTP by a script. A behaviour is a reply, or `hang`, `drop`, `reset`. */
export async function startScripted(
  changes: Partial<Script>,
  { pipelining = false, mailsPerConnection = Number.POSITIVE_INFINITY }: Options = {},
): Promise<ScriptedServer> {
  const script = { ...(pipelining ? pipelined : usual), ...changes };
  const reached: Phase[] = [];
  const waiting: { phase: Phase; resolve: () => void }[] = [];
  const sockets = new Set<Socket>();
  const onPhase = (phase: Phase) => {
    reached.push(phase);
    for (const waiter of waiting) if (waiter.phase === phase) waiter.resolve();
  };
  const server = createServer((socket) => {
    sockets.add(socket.on("error", () => undefined).on("close", () => sockets.delete(socket)));
    converse(socket, { script, onPhase, mailsPerConnection });
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  return {
    port: (server.address() as AddressInfo).port,
    reached,
    reaches: (phase) =>
      reached.includes(phase) ? Promise.resolve() : new Promise((resolve) => waiting.push({ phase, resolve })),
    open: () => sockets.size,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

interface Conversation {
  readonly script: Script;
  readonly onPhase: (phase: Phase) => void;
  readonly mailsPerConnection: number;
}

function converse(socket: Socket, { script, onPhase, mailsPerConnection }: Conversation): void {
  let inData = false;
  let mails = 0;
  const reply = (text: string) => void (socket.writable && socket.write(`${text}\r\n`));
  const enter = (phase: Phase) => {
    onPhase(phase);
    const behaviour = script[phase];
    if (behaviour === "drop") socket.end();
    else if (behaviour === "reset") socket.resetAndDestroy();
    else if (behaviour !== "hang") reply(behaviour);
  };
  const onData = (line: string) => {
    if (line !== ".") return;
    inData = false;
    mails++;
    enter("end");
  };
  const onCommand = (line: string) => {
    const verb = line.slice(0, 4).toUpperCase();
    if (verb === "QUIT") socket.end("221 bye\r\n");
    else if (verb === "RSET") reply("250 ok");
    else if (verb === "MAIL" && mails >= mailsPerConnection) socket.destroy();
    else if (verb === "DATA" && !script.RCPT.startsWith("2")) reply("503 no recipient");
    else {
      inData = verb === "DATA" && script.DATA.startsWith("3");
      enter(verb === "HELO" ? "EHLO" : (verb as Phase));
    }
  };
  enter("greeting");
  const lines = createInterface({ input: socket }).on("error", () => undefined);
  lines.on("line", (line) => (inData ? onData(line) : onCommand(line)));
}
