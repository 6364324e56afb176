import { randomBytes } from "node:crypto";
import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import type { Fault } from "./find-faults.ts";
import { readPosted } from "./find-faults.ts";
import type { PostedMail } from "./posted-mail.ts";
import { makeKeys, signEvents, writeEvents } from "./write-events.ts";

/** How the next mails are answered: taken, not answered at all, or as told. */
export type FakeMode =
  | "accept"
  | "hang"
  | "drop"
  | {
      readonly status: number;
      readonly errors?: readonly Partial<Fault>[];
      readonly headers?: Record<string, string>;
      readonly body?: string;
    };

/** A mail that was taken. */
export interface FakeMail {
  /** What the answer calls `X-Message-Id`. */
  readonly id: string;
  readonly posted: PostedMail;
}

/** An event but for what it has from its mail. */
export type FakeEvent = { readonly event: string } & Readonly<Record<string, unknown>>;

export const apiKey = "SG.wend-test-key_1.Zm9yLXRlc3RzLW9ubHk";
const hour = 3_600;

/** SendGrid's Web API v3 as far as a mail needs it: a real server that keeps what it took, its lists, and its webhook. */
export class Sendgrid implements AsyncDisposable {
  readonly mails = new Map<string, FakeMail>();
  /** Every body that was posted as a mail, whatever became of it. */
  readonly posted: PostedMail[] = [];
  /** What each API key may do. */
  readonly keys = new Map<string, string[]>([[apiKey, ["mail.send", "sender_verification_eligible"]]]);
  /** Addresses that SendGrid delivers nothing to, by its reason for dropping a mail. */
  readonly lists = new Map<string, string>();
  /** Senders other than these are refused; any, while it is undefined. */
  verified: ReadonlySet<string> | undefined;
  /** Mails that are still taken within the hour. */
  left = Number.POSITIVE_INFINITY;
  now: () => number = Date.now;
  mode: FakeMode = "accept";
  /** Where events are posted, and what they are signed with. */
  readonly webhook = makeKeys();
  url = "";
  #events = 0;
  readonly #server = createServer((request, response) => void this.#serve(request, response));

  async start(): Promise<this> {
    await once(this.#server.listen(0, "127.0.0.1"), "listening");
    this.url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
    return this;
  }

  async stop(): Promise<void> {
    if (!this.#server.listening) return;
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  [Symbol.asyncDispose]() {
    return this.stop();
  }

  /** Events of a mail as SendGrid writes them; its lists grow by what they say. */
  tell({ id, posted }: FakeMail, ...events: readonly FakeEvent[]): object[] {
    const [{ to, custom_args } = posted.personalizations[0]!] = posted.personalizations;
    const email = to[0]!.email;
    return events.map((event) => {
      if (event.event === "bounce" && event.type === "bounce") this.lists.set(email, "Bounced Address");
      if (event.event === "spamreport") this.lists.set(email, "Spam Reporting Address");
      if (event.event === "unsubscribe") this.lists.set(email, "Unsubscribed Address");
      return {
        email,
        timestamp: Math.floor(this.now() / 1_000),
        "smtp-id": posted.headers?.["Message-ID"],
        sg_event_id: Buffer.from(`${event.event}-0-${++this.#events}-${id}`).toString("base64url"),
        sg_message_id: `${id}.recvd-5f6d8c-1-65A1B2C3-9.0`,
        ...custom_args,
        ...event,
      };
    });
  }

  /** What becomes of a mail without anybody's doing: it is dropped for an address on a list, else delivered. */
  fate(mail: FakeMail): object[] {
    const reason = this.lists.get(mail.posted.personalizations[0]!.to[0]!.email);
    return reason === undefined
      ? this.tell(mail, { event: "processed" }, { event: "delivered", response: "250 2.0.0 OK" })
      : this.tell(mail, { event: "dropped", reason, status: "5.0.0" });
  }

  /** Posts events to a URL, signed. */
  async post(to: string, events: readonly object[]): Promise<Response> {
    const body = writeEvents(events);
    const headers = signEvents(body, { privateKey: this.webhook.privateKey, at: this.now() });
    return fetch(to, { method: "POST", headers, body });
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = parseJson(await text(request));
    const asked = `${request.method} ${request.url}`;
    const isMail = asked === "POST /v3/mail/send";
    if (isMail) this.posted.push(body as PostedMail);
    if (isMail && this.mode !== "accept") return this.#misbehave(this.mode, request, response);
    const scopes = this.keys.get((request.headers.authorization ?? "").replace(/^Bearer /, ""));
    if (scopes === undefined) refuse(response, 401, "The provided authorization grant is invalid, expired, or revoked");
    else if (asked === "GET /v3/scopes") answer(response, { status: 200, body: { scopes } });
    else if (!isMail) refuse(response, 404, "not found");
    else if (!scopes.includes("mail.send")) refuse(response, 403, "access forbidden");
    else if (this.left-- <= 0) this.#limit(response);
    else this.#take(body, response);
  }

  #take(body: unknown, response: ServerResponse): void {
    const posted = readPosted(body);
    if (!("personalizations" in posted)) return void answer(response, { status: 400, body: { errors: posted } });
    if (this.verified?.has(posted.from.email) === false) {
      const message = "The from address does not match a verified Sender Identity.";
      return void answer(response, { status: 403, body: { errors: [{ message, field: "from", help: null }] } });
    }
    if (posted.mail_settings?.sandbox_mode.enable === true) return void response.writeHead(200).end();
    const mail = { id: randomBytes(16).toString("base64url"), posted };
    this.mails.set(mail.id, mail);
    response.writeHead(202, { "x-message-id": mail.id, "content-length": "0" }).end();
  }

  #limit(response: ServerResponse): void {
    const reset = Math.floor(this.now() / 1_000) + hour;
    const headers = { "x-ratelimit-limit": "600", "x-ratelimit-remaining": "0", "x-ratelimit-reset": String(reset) };
    answer(response, {
      status: 429,
      headers,
      body: { errors: [{ message: "too many requests", field: null, help: null }] },
    });
  }

  #misbehave(how: Exclude<FakeMode, "accept">, request: IncomingMessage, response: ServerResponse): void {
    if (how === "hang" || how === "drop") {
      const taken = readPosted(this.posted.at(-1));
      const id = randomBytes(16).toString("base64url");
      if ("personalizations" in taken) this.mails.set(id, { id, posted: taken });
      if (how === "drop") request.socket.destroy();
      return;
    }
    const { status, headers = {}, body, errors = [{ message: "ada@example.com is at fault" }] } = how;
    if (body !== undefined) return void response.writeHead(status, headers).end(body);
    answer(response, { status, headers, body: { errors: errors.map((one) => ({ field: null, help: null, ...one })) } });
  }
}

export const startSendgrid = (): Promise<Sendgrid> => new Sendgrid().start();

function parseJson(body: string): unknown {
  return body === "" ? undefined : JSON.parse(body);
}

interface Answer {
  readonly status: number;
  readonly headers?: Record<string, string>;
  readonly body: object;
}

function answer(response: ServerResponse, { status, headers, body }: Answer): void {
  response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
}

const refuse = (response: ServerResponse, status: number, message: string): void =>
  answer(response, { status, body: { errors: [{ message, field: null, help: null }] } });
